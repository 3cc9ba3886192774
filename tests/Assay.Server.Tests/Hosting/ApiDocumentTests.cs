using System.Text.Json;
using Assay.Server.Cli;

namespace Assay.Server.Tests.Hosting;

public sealed class ApiDocumentTests(HostServer server) : IClassFixture<HostServer>
{
    [Fact]
    public async Task The_committed_documents_are_those_of_the_code()
    {
        var (json, markdown) = await OpenApiCommand.WriteAsync(TestContext.Current.CancellationToken);
        Assert.True(Committed(OpenApiCommand.JsonFile) == json, "docs/openapi.json is stale: run ./assay openapi --out docs");
        Assert.True(Committed(OpenApiCommand.MarkdownFile) == markdown, "docs/API.md is stale: run ./assay openapi --out docs");
    }

    [Fact]
    public async Task The_document_is_OpenAPI_3_1_and_every_operation_is_named_and_summed_up()
    {
        var document = (await server.GetAsync("/openapi/v1.json")).Body;
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        foreach (var operation in Operations(document))
        {
            Assert.True(operation.TryGetProperty("operationId", out _), operation.ToString());
            Assert.True(operation.TryGetProperty("summary", out _), operation.ToString());
            Assert.True(operation.TryGetProperty("security", out _), operation.ToString());
        }
    }

    [Fact]
    public async Task Every_nested_block_is_a_named_schema()
    {
        var document = (await server.GetAsync("/openapi/v1.json")).Body;
        foreach (var schema in document.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            if (!schema.Value.TryGetProperty("properties", out var properties)) continue;
            foreach (var property in properties.EnumerateObject())
            {
                Assert.False(property.Value.TryGetProperty("properties", out _), $"{schema.Name}.{property.Name} is a block without a name");
                if (property.Value.TryGetProperty("items", out var items))
                    Assert.False(items.TryGetProperty("properties", out _), $"{schema.Name}.{property.Name} holds blocks without a name");
            }
        }
    }

    [Fact]
    public async Task The_pages_for_people_hold_every_operation_and_call_nobody()
    {
        var document = (await server.GetAsync("/openapi/v1.json")).Body;
        var page = await server.GetAsync("/docs");
        Assert.Equal("text/html", page.ContentType);
        foreach (var operation in Operations(document))
            Assert.Contains($"id=\"{operation.GetProperty("operationId").GetString()}\"", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Text, StringComparison.Ordinal);
    }

    private static IEnumerable<JsonElement> Operations(JsonElement document) =>
        document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value);

    private static string Committed(string file)
    {
        var path = Path.Combine(Repository.Root, "docs", file);
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }
}
