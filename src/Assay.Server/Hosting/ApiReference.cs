using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assay.Server.Hosting;

/// <summary>The OpenAPI document boiled down to what a reader wants: operations by tag, and schemas.</summary>
internal sealed record ApiReference(ImmutableArray<ApiOperation> Operations, ImmutableArray<ApiSchema> Schemas)
{
    public static ApiReference Read(JsonNode document)
    {
        var operations =
            from path in document["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            select ReadOperation(path.Key, operation.Key, operation.Value!);
        var schemas = document["components"]?["schemas"]?.AsObject().Select(schema => ReadSchema(schema.Key, schema.Value!)) ?? [];
        return new ApiReference([.. operations], [.. schemas]);
    }

    private static ApiOperation ReadOperation(string path, string method, JsonNode operation)
    {
        var scopes = operation["security"]?[0]?["key"]?.AsArray().Select(scope => (string)scope!) ?? [];
        var parameters = operation["parameters"]?.AsArray().Select(parameter => new ApiField(
            (string)parameter!["name"]!, TypeOf(parameter["schema"]), (bool?)parameter["required"] ?? false, (string?)parameter["description"] ?? "")) ?? [];
        var responses = operation["responses"]!.AsObject().Select(response => new ApiResponse(
            response.Key, (string?)response.Value!["description"] ?? "", BodyOf(response.Value)));
        return new ApiOperation(
            method.ToUpperInvariant(),
            path,
            (string?)operation["operationId"] ?? "",
            (string?)operation["tags"]?[0] ?? "",
            (string?)operation["summary"] ?? "",
            (string?)operation["description"] ?? "",
            string.Join(" or ", scopes),
            [.. parameters],
            BodyOf(operation["requestBody"]),
            [.. responses]);
    }

    private static ApiSchema ReadSchema(string name, JsonNode schema)
    {
        var required = schema["required"]?.AsArray().Select(field => (string)field!).ToHashSet(StringComparer.Ordinal) ?? [];
        var fields = schema["properties"]?.AsObject().Select(property => new ApiField(
            property.Key, TypeOf(property.Value), required.Contains(property.Key), (string?)property.Value!["description"] ?? "")) ?? [];
        var values = schema["enum"]?.AsArray().Where(value => value is not null).Select(value => value!.ToString()) ?? [];
        return new ApiSchema(name, (string?)schema["description"] ?? "", [.. fields], [.. values]);
    }

    private static string? BodyOf(JsonNode? content) => content?["content"]?.AsObject().Select(body => TypeOf(body.Value!["schema"])).FirstOrDefault();

    /// <summary>A schema as a few words; names of schemas stand in <c>[…]</c> for the writers to link.</summary>
    private static string TypeOf(JsonNode? schema)
    {
        if (schema is null) return "any";
        if ((string?)schema["$ref"] is { } reference) return $"[{reference[(reference.LastIndexOf('/') + 1)..]}]";
        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices) return string.Join(" or ", choices.Select(TypeOf));
        if (schema["items"] is { } items) return $"array of {TypeOf(items)}{(IsNullable(schema["type"]) ? " or null" : "")}";
        if (schema["enum"] is JsonArray values) return string.Join(" | ", values.Select(value => value?.ToString() ?? "null"));
        var type = schema["type"] switch
        {
            JsonArray types => string.Join(" or ", types.Select(one => (string)one!).OrderBy(one => one is "null").ThenBy(one => one, StringComparer.Ordinal)),
            JsonValue one => (string)one!,
            _ => "any",
        };
        return (string?)schema["format"] is { } format ? $"{type} ({format})" : type;
    }

    private static bool IsNullable(JsonNode? type) => type is JsonArray types && types.Any(one => (string?)one is "null");
}

/// <param name="Request">Type of the body; null without one.</param>
internal sealed record ApiOperation(
    string Method, string Path, string Name, string Tag, string Summary, string Description, string Scope, ImmutableArray<ApiField> Parameters, string? Request, ImmutableArray<ApiResponse> Responses);

internal sealed record ApiResponse(string Status, string Description, string? Body);

internal sealed record ApiSchema(string Name, string Description, ImmutableArray<ApiField> Fields, ImmutableArray<string> Values);

internal sealed record ApiField(string Name, string Type, bool Required, string Description);
