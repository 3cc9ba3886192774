using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Dashboard;

/// <summary>A browser without scripts: it opens pages and sends forms.</summary>
internal static class FormClient
{
    public static async Task<(int Status, IHtmlDocument Page)> OpenAsync(this HostServer server, string path, params (string Name, string Value)[] headers)
    {
        var answer = await server.GetAsync(path, [.. headers, ("Accept", "text/html")]);
        return (answer.Status, Rendered.Parse(answer.Text));
    }

    public static async Task<(int Status, string? Location, IHtmlDocument Page)> SubmitAsync(
        this HostServer server, string path, IEnumerable<(string Name, string Value)> fields, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, response.Headers.Location?.OriginalString, Rendered.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>What the form would send as it stands, with some fields typed anew.</summary>
    public static IEnumerable<(string Name, string Value)> Filled(this IElement form, params (string Name, string Value)[] typed)
    {
        var fields = form.QuerySelectorAll("input[name], select[name], textarea[name]").ToDictionary(
            field => field.GetAttribute("name")!,
            field => field switch { IHtmlSelectElement select => select.Value ?? "", IHtmlTextAreaElement area => area.Value, _ => field.GetAttribute("value") ?? "" },
            StringComparer.Ordinal);
        foreach (var (name, value) in typed)
        {
            Assert.True(fields.ContainsKey(name), $"The form has no field '{name}'.");
            fields[name] = value;
        }

        return fields.Select(field => (field.Key, field.Value));
    }
}
