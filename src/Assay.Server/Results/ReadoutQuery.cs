using Assay.Analysis.Designs;
using Assay.Server.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Results;

/// <summary>What a reader may ask of a readout.</summary>
internal static class ReadoutQuery
{
    /// <summary>Reads <c>?pairs=</c>: absent for each treatment against the control, <c>all</c> for every pair.</summary>
    public static bool TryReadPairs(string? pairs, out bool allPairs, out ProblemHttpResult? problem)
    {
        allPairs = string.Equals(pairs, "all", StringComparison.Ordinal);
        problem = pairs is null || allPairs ? null : Problems.Of(
            StatusCodes.Status400BadRequest, "invalid_query", "Invalid query", "A query parameter is wrong.", new ProblemError("pairs", "invalid_value", "'pairs' is 'all' or left out."));
        return problem is null;
    }

    /// <summary>The metric of a name, the primary for none; null where the design has none of that name.</summary>
    public static Metric? FindMetric(Design design, string? name) =>
        name is null ? design.Metrics.Primary : design.Metrics.All.FirstOrDefault(metric => string.Equals(metric.Name, name, StringComparison.Ordinal));
}
