using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Analysis.Readouts;

/// <summary>An enumeration written in snake_case.</summary>
public sealed class SnakeCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
