namespace Assay.Statistics.Tests.Methods;

/// <summary>What a user of the library sees.</summary>
internal static class PublicTypes
{
    public static IReadOnlyDictionary<string, Type> ByName { get; } = typeof(Moments).Assembly.GetExportedTypes()
        .ToDictionary(type => type.IsNested ? $"{type.DeclaringType!.Name}.{type.Name}" : type.Name, StringComparer.Ordinal);

    /// <summary>Types outside <c>Distributions</c>, which are tools of the families and no family; nested types go with their own.</summary>
    public static IEnumerable<Type> OfFamilies => typeof(Moments).Assembly.GetExportedTypes()
        .Where(type => type is { Namespace: "Assay.Statistics", IsNested: false, IsGenericType: false });
}
