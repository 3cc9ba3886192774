using System.Collections.Immutable;

namespace Assay.Analysis.Designs;

/// <summary>Which types of metric a design may have.</summary>
public static class MetricTypes
{
    /// <summary>What a design may say.</summary>
    public static ImmutableArray<MetricType> Supported { get; } = [.. Enum.GetValues<MetricType>().Except(Later)];

    /// <summary>Types of the contract that are refused until they are measured.</summary>
    internal static MetricType[] Later => [MetricType.Ratio];
}
