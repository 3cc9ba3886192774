using Assay.Analysis.Derivations;
using Assay.Server.Dashboard.Course;
using Assay.Server.Dashboard.Wording;
using Assay.Server.Hosting;
using Assay.Server.Results;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Numbers;

/// <summary>GET /experiments/{key}/numbers: how the numbers of a metric were computed, step by step, as a page.</summary>
internal static class ShowNumbers
{
    /// <param name="metric">Name of the metric; the primary unless given.</param>
    /// <param name="treatment">Key of the variation; the one that ranks best unless given.</param>
    /// <param name="reference">Whether what is for reference is shown in place of what decides.</param>
    public static async Task<IResult> Handle(string key, string? metric, string? treatment, string? reference, ExperimentDirectory directory, Sheets sheets, LiveReadouts readouts, CancellationToken cancellation)
    {
        if (await directory.FindAsync(key, cancellation) is not { } experiment) return Problems.UnknownExperiment(key);
        var (known, index, problem) = CourseQuery.Read(experiment.Design, metric, treatment);
        if (problem is not null) return problem;
        if (!string.IsNullOrEmpty(reference) && !bool.TryParse(reference, out _)) return Problems.InvalidQuery(new ProblemError("reference", "invalid_value", ProblemWords.NoChoice(reference, "true", "false")));
        var sheet = await sheets.OfAsync(experiment, cancellation);
        return new PageResult<NumbersPage>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(NumbersPage.Sheet)] = sheet,
            [nameof(NumbersPage.Derivation)] = experiment.Status == ExperimentStatus.Draft ? null : Derivation.Of(readouts.Of(key, allPairs: false).Draw(experiment).Input, known!),
            [nameof(NumbersPage.Treatment)] = index == 0 && sheet.Readout is not null ? CourseSheet.Best(sheet) : index,
            [nameof(NumbersPage.ForReference)] = bool.TryParse(reference, out var isForReference) && isForReference,
        });
    }
}
