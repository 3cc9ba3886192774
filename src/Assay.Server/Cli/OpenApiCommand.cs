using System.CommandLine;
using Assay.Server.Hosting;

namespace Assay.Server.Cli;

/// <summary><c>assay openapi</c>: the documents that are committed under <c>docs/</c>, written from the code.</summary>
internal static class OpenApiCommand
{
    public const string JsonFile = "openapi.json";
    public const string MarkdownFile = "API.md";

    public static Command Create()
    {
        var folder = new Option<DirectoryInfo?>("--out") { Description = $"Folder to write {JsonFile} and {MarkdownFile} to; the JSON is printed unless given.", HelpName = "folder" };
        var command = new Command("openapi", "Write the OpenAPI document and the API reference.") { folder };
        command.Hidden = true;
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(folder), parsed.InvocationConfiguration.Output, cancellation));
        return command;
    }

    /// <summary>Both documents, as they should stand in <c>docs/</c>.</summary>
    public static async Task<(string Json, string Markdown)> WriteAsync(CancellationToken cancellation)
    {
        // Built and never started: no file is opened, no address bound.
        await using var app = Program.Build(AssayOptions.Default);
        var document = await ApiDocuments.WriteAsync(app.Services, cancellation);
        return ($"{document.ToJsonString(Indented)}\n", ApiMarkdown.Write(ApiReference.Read(document)));
    }

    private static readonly System.Text.Json.JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static async Task<int> RunAsync(DirectoryInfo? folder, TextWriter answer, CancellationToken cancellation)
    {
        var (json, markdown) = await WriteAsync(cancellation);
        if (folder is null)
        {
            await answer.WriteAsync(json);
            return 0;
        }

        folder.Create();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, JsonFile), json, cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, MarkdownFile), markdown, cancellation);
        return 0;
    }
}
