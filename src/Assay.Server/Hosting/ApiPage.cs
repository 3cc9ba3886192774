using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Assay.Server.Hosting;

/// <summary>The reference as pages: no script, no call to anybody, an anchor at every operation, schema and problem.</summary>
internal static partial class ApiPage
{
    private const string Style =
        """
        :root { color-scheme: light dark; }
        body { font: 15px/1.55 Inter, system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
        h1, h2 { letter-spacing: -.02em; } h2 { margin-top: 2.5rem; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
        h3 { font-size: 1rem; margin: 1.6rem 0 .2rem; } code, h3 { font-family: ui-monospace, monospace; }
        table { border-collapse: collapse; width: 100%; } td, th { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 12%, transparent); }
        a { color: inherit; text-underline-offset: .15em; } .quiet { opacity: .7; } nav a { margin-right: 1rem; } :target { background: color-mix(in srgb, Highlight 25%, transparent); }
        """;

    public static string Write(ApiReference reference)
    {
        var html = new StringBuilder();
        html.Append("<p>JSON in snake_case, times RFC 3339 UTC, every error a <a href=\"/docs/problems\">problem document</a>. For programs: <a href=\"/openapi/v1.json\">/openapi/v1.json</a> (OpenAPI 3.1).</p>\n<nav>");
        var tags = reference.Operations.GroupBy(operation => operation.Tag, StringComparer.Ordinal).ToArray();
        foreach (var tag in tags) html.Append(CultureInfo.InvariantCulture, $"<a href=\"#{Slug(tag.Key)}\">{Text(tag.Key)}</a>");
        html.Append("<a href=\"#schemas\">Schemas</a><a href=\"/docs/problems\">Problems</a></nav>\n");
        foreach (var tag in tags)
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2 id=\"{Slug(tag.Key)}\">{Text(tag.Key)}</h2>\n");
            foreach (var operation in tag) WriteOperation(html, operation);
        }

        html.Append("<h2 id=\"schemas\">Schemas</h2>\n");
        foreach (var schema in reference.Schemas) WriteSchema(html, schema);
        return Frame("Assay API", html.ToString());
    }

    public static string WriteProblems()
    {
        var html = new StringBuilder("<p>Every error is <code>application/problem+json</code> with <code>type</code>, <code>title</code>, <code>status</code>, <code>detail</code>, <code>code</code>, <code>trace_id</code> and <code>errors[{pointer, code, detail}]</code>. <a href=\"/docs\">API</a></p>\n<table><tr><th>code</th><th>status</th><th>meaning</th></tr>\n");
        foreach (var problem in ProblemCodes.All)
            html.Append(CultureInfo.InvariantCulture, $"<tr id=\"{problem.Code}\"><td><code>{problem.Code}</code></td><td>{problem.Status}</td><td>{Text(problem.Meaning)}</td></tr>\n");
        return Frame("Assay problems", html.Append("</table>\n").ToString());
    }

    private static void WriteOperation(StringBuilder html, ApiOperation operation)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h3 id=\"{Text(operation.Name)}\">{operation.Method} {Text(operation.Path)}</h3>\n<p>{Text(operation.Summary)}.{(operation.Description.Length > 0 ? $" {Text(operation.Description)}" : "")}");
        if (operation.Scope.Length > 0) html.Append(CultureInfo.InvariantCulture, $" <span class=\"quiet\">Scope: {Text(operation.Scope)}.</span>");
        html.Append("</p>\n<table>");
        foreach (var parameter in operation.Parameters) Row(html, $"{parameter.Name}{(parameter.Required ? " *" : "")}", parameter.Type, parameter.Description);
        if (operation.Request is not null) Row(html, "body", operation.Request, "");
        foreach (var response in operation.Responses) Row(html, response.Status, response.Body ?? "", response.Description);
        html.Append("</table>\n");
    }

    private static void WriteSchema(StringBuilder html, ApiSchema schema)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h3 id=\"schema-{Text(schema.Name)}\">{Text(schema.Name)}</h3>\n");
        if (schema.Description.Length > 0) html.Append(CultureInfo.InvariantCulture, $"<p>{Text(schema.Description)}</p>\n");
        if (schema.Values.Length > 0) html.Append(CultureInfo.InvariantCulture, $"<p><code>{Text(string.Join(" | ", schema.Values))}</code></p>\n");
        if (schema.Fields.Length == 0) return;
        html.Append("<table>");
        foreach (var field in schema.Fields) Row(html, $"{field.Name}{(field.Required ? " *" : "")}", field.Type, field.Description);
        html.Append("</table>\n");
    }

    private static void Row(StringBuilder html, string name, string type, string description) =>
        html.Append(CultureInfo.InvariantCulture, $"<tr><td><code>{Text(name)}</code></td><td>{Linked(type)}</td><td>{Text(description)}</td></tr>\n");

    private static string Frame(string title, string body) =>
        $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{Style}</style></head>\n<body><h1>{title}</h1>\n{body}</body></html>\n";

    private static string Linked(string type) => SchemaName().Replace(Text(type), match => $"<a href=\"#schema-{match.Groups["name"].Value}\">{match.Groups["name"].Value}</a>");

    private static string Slug(string text) => Text(text.ToLowerInvariant());

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    [GeneratedRegex(@"\[(?<name>[A-Za-z0-9_]+)\]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SchemaName();
}
