using System.Text.Json;
using Assay.Server.Storage;
using Assay.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Units;

public sealed class EraseUnitTests(HostServer server) : IClassFixture<HostServer>
{
    [Fact]
    public async Task A_person_leaves_every_number_and_verify_says_how_many_have()
    {
        await server.StartExperimentAsync("forgets");
        await server.PostAsync("/api/v1/experiments/forgets/exposures", """{"exposures":[{"user_id":"Ada Lovelace","variation_index":0},{"user_id":"b","variation_index":1},{"user_id":"c","variation_index":1}]}""");
        await server.PostAsync("/api/v1/experiments/forgets/conversions", """{"conversions":[{"user_id":"Ada Lovelace","metric":"purchase","idempotency_key":"1"},{"user_id":"b","metric":"purchase","idempotency_key":"2"}]}""");
        await server.PostAsync("/api/v1/exclusions", """{"exclusions":[{"user_id":"Ada Lovelace","experiment":"forgets"}]}""");
        var before = (await server.GetAsync("/api/v1/experiments/forgets/live-stats")).ETag;

        var answer = await EraseAsync("Ada Lovelace");
        Assert.Equal((200, "[\"forgets\"]", 1), (answer.Status, answer.Body.GetProperty("experiments").GetRawText(), answer.Body.GetProperty("exclusions").GetInt32()));
        Assert.Equal("""{"exposures":1,"events":1,"covariates":0}""", answer.Body.GetProperty("rows").GetRawText());
        var readout = await server.GetAsync("/api/v1/experiments/forgets/live-stats");
        Assert.NotEqual(before, readout.ETag);
        Assert.Equal((2, 1, 0), (readout.Body.GetProperty("exposures_total").GetInt32(), readout.Body.GetProperty("conversions_total").GetInt32(), readout.Body.GetProperty("population").GetProperty("excluded_users").GetInt32()));
        Assert.Equal(1, (await server.GetAsync("/api/v1/experiments/forgets/ingestion")).Body.GetProperty("event_rows_total").GetInt32());
        Assert.Empty((await server.GetAsync("/api/v1/exclusions?user_id=Ada%20Lovelace")).Body.GetProperty("items").EnumerateArray());
        var verified = (await server.PostAsync("/api/v1/experiments/forgets/verify")).Body;
        Assert.Equal((true, 1, 2), (verified.GetProperty("equal").GetBoolean(), verified.GetProperty("except_erased").GetInt32(), verified.GetProperty("units").GetInt32()));
        (await EraseAsync("Ada Lovelace")).IsProblem(404, "unknown_unit");

        var entry = (await server.Services.GetRequiredService<ICatalog>().AuditAsync("forgets", TestContext.Current.CancellationToken))[^1];
        Assert.Equal(("open", "erased"), (entry.Actor, entry.Action));
        Assert.DoesNotContain("Ada", entry.Detail, StringComparison.Ordinal);
        Assert.Equal(answer.Body.GetProperty("unit").GetInt64(), JsonElement.Parse(entry.Detail).GetProperty("units")[0].GetInt64());
    }

    [Fact]
    public async Task Who_is_only_excluded_can_be_erased_too()
    {
        await server.PostAsync("/api/v1/exclusions", """{"exclusions":[{"user_id":"only excluded","reason":"Ada's cousin"}]}""");
        var answer = await EraseAsync("only excluded");
        Assert.Equal((200, 0, 1), (answer.Status, answer.Body.GetProperty("experiments").GetArrayLength(), answer.Body.GetProperty("exclusions").GetInt32()));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a%2Fb")]
    [InlineData("a?b#c&d=e")]
    [InlineData("Ünï ☂ 💧")]
    [InlineData("a+b \\ c")]
    [InlineData("...")]
    public async Task A_user_id_of_any_characters_is_the_one_that_is_meant(string user)
    {
        var others = (string[])["a/b", "a%2Fb", "a b", user];
        foreach (var name in others.Distinct())
            await server.PostAsync("/api/v1/exclusions", JsonSerializer.Serialize(new { exclusions = new[] { new { user_id = name } } }));
        Assert.Equal(200, (await EraseAsync(user)).Status);
        (await EraseAsync(user)).IsProblem(404, "unknown_unit");
        foreach (var name in others.Distinct().Where(name => name != user)) Assert.Equal(200, (await EraseAsync(name)).Status);
    }

    [Fact]
    public async Task A_query_is_refused() => (await server.SendAsync(HttpMethod.Delete, "/api/v1/units/x?dry_run=true")).IsProblem(400, "invalid_query");

    private Task<Answer> EraseAsync(string user) => server.SendAsync(HttpMethod.Delete, $"/api/v1/units/{Uri.EscapeDataString(user)}");
}
