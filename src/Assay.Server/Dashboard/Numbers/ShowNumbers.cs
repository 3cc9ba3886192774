using Assay.Analysis.Derivations;
using Assay.Server.Hosting;
using Assay.Server.Results;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Numbers;

/// <summary>GET /experiments/{key}/numbers: how the numbers of a metric were computed, step by step, as a page.</summary>
internal static class ShowNumbers
{
    /// <param name="metric">Name of the metric; the primary unless given.</param>
    public static async Task<IResult> Handle(string key, string? metric, ExperimentDirectory directory, Sheets sheets, LiveReadouts readouts, CancellationToken cancellation)
    {
        if (await directory.FindAsync(key, cancellation) is not { } experiment) return Problems.UnknownExperiment(key);
        if (ReadoutQuery.FindMetric(experiment.Design, metric) is not { } known)
            return Problems.InvalidQuery([new ProblemError("metric", "unknown_metric", $"The experiment has no metric '{metric}'.")]);
        return new PageResult<NumbersPage>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(NumbersPage.Sheet)] = await sheets.OfAsync(experiment, cancellation),
            [nameof(NumbersPage.Derivation)] = experiment.Status == ExperimentStatus.Draft ? null : Derivation.Of(readouts.Of(key, allPairs: false).Draw(experiment).Input, known),
        });
    }
}
