using Assay.Server.Storage;
using Assay.Server.Tests.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Access;

public sealed class SignInTests(HostServer server) : IClassFixture<HostServer>
{
    [Fact]
    public async Task A_key_given_once_is_carried_by_a_cookie_that_scripts_and_other_sites_never_see()
    {
        var secret = await KeyMaker.CreateAsync(server, AccessScope.Read);
        using var answer = await SendFormAsync(secret, "/experiments/a?b=1");
        Assert.Equal((302, "/experiments/a?b=1"), ((int)answer.StatusCode, answer.Headers.Location!.OriginalString));
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);

        var carried = await server.GetAsync("/api/v1/experiments", ("Cookie", cookie.Split(';')[0]));
        Assert.Equal(200, carried.Status);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/\t/evil.example/")] // a browser drops the tab, and the line ends
    [InlineData("/\n/evil.example/")]
    [InlineData("\t//evil.example/")]
    [InlineData("")]
    public async Task Signing_in_never_leads_away_from_this_server(string back)
    {
        var secret = await KeyMaker.CreateAsync(server, AccessScope.Read);
        using var answer = await SendFormAsync(secret, back);
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("X-Forwarded-Proto", "https", true)]
    [InlineData("X-Forwarded-Proto", "https, http", true)]
    [InlineData("X-Forwarded-Proto", "http", false)]
    [InlineData("Origin", "https", true)]
    [InlineData("Origin", "http", false)]
    public async Task Behind_a_proxy_that_speaks_https_the_cookie_never_travels_in_the_clear(string header, string value, bool secure)
    {
        var secret = await KeyMaker.CreateAsync(server, AccessScope.Read);
        var sent = header == "Origin" ? $"{value}://{server.Http.BaseAddress!.Authority}" : value;
        using var answer = await SendFormAsync(secret, "/", (header, sent));
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Equal(secure, cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Who_is_signed_in_can_sign_out_on_every_page()
    {
        var cookie = $"assay_key={await KeyMaker.CreateAsync(server, AccessScope.Read)}";
        var first = await server.GetAsync("/", ("Cookie", cookie));
        Assert.Contains("action=\"/signout\"", first.Text, StringComparison.Ordinal);
        Assert.Equal(first.ETag, (await server.GetAsync("/", ("Cookie", cookie))).ETag);
        Assert.DoesNotContain("/signout", (await server.GetAsync("/signin")).Text, StringComparison.Ordinal);

        var left = await server.PostAsync("/signout", null, ("Cookie", cookie));
        Assert.Equal((302, "/signin"), (left.Status, left.Headers["Location"]));
        Assert.StartsWith("assay_key=; expires=Thu, 01 Jan 1970", left.Headers["Set-Cookie"], StringComparison.Ordinal);
        (await server.PostAsync("/signout", null, ("Cookie", cookie), ("Origin", "https://evil.example"))).IsProblem(403, "cross_origin");
    }

    [Fact]
    public async Task A_wrong_key_leads_back_to_the_form()
    {
        using var answer = await SendFormAsync("nonsense", "/");
        Assert.StartsWith("/signin?failed=1", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_form_that_is_not_ours_is_refused()
    {
        using var content = new FormUrlEncodedContent([new("key", "x")]);
        using var response = await server.Http.PostAsync("/signin", content, TestContext.Current.CancellationToken);
        (await Answer.OfAsync(response)).IsProblem(400, "stale_form");
    }

    private async Task<HttpResponseMessage> SendFormAsync(string secret, string back, params (string Name, string Value)[] headers)
    {
        // The page would put these two into the form and the cookie.
        var context = new DefaultHttpContext { RequestServices = server.Services };
        var tokens = server.Services.GetRequiredService<IAntiforgery>().GetTokens(context);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/signin");
        request.Headers.Add("Cookie", $"assay_form={tokens.CookieToken}");
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        request.Content = new FormUrlEncodedContent([new("key", secret), new("return", back), new(tokens.FormFieldName, tokens.RequestToken)]);
        return await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
