using Assay.Analysis.Designs;
using Assay.Server.Dashboard.Wording;
using Assay.Server.Hosting;
using Assay.Server.Results;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Dashboard.Course;

/// <summary>Finds the course that an address asks for.</summary>
internal static class CourseQuery
{
    /// <summary>The course of a metric, the primary unless named, and a variation, the best unless named; or why there is none. Both are null for a draft.</summary>
    public static async Task<(CourseSheet? Course, Experiment? Experiment, ProblemHttpResult? Problem)> FindAsync(
        string key, string? metric, string? treatment, ExperimentDirectory directory, Sheets sheets, CancellationToken cancellation)
    {
        if (await directory.FindAsync(key, cancellation) is not { } experiment) return (null, null, Problems.UnknownExperiment(key));
        var (known, index, problem) = Read(experiment.Design, metric, treatment);
        if (problem is not null) return (null, experiment, problem);
        var sheet = await sheets.OfAsync(experiment, cancellation);
        var course = sheets.CourseOf(experiment, known!) is { } timeline ? new CourseSheet(sheet, timeline, index == 0 ? CourseSheet.Best(sheet) : index) : null;
        return (course, experiment, null);
    }

    /// <summary>The metric, the primary unless named, and the index of the treatment, 0 unless named; or what of both is wrong.</summary>
    public static (Metric? Metric, int Treatment, ProblemHttpResult? Problem) Read(Design design, string? metric, string? treatment)
    {
        var known = ReadoutQuery.FindMetric(design, metric);
        var variations = design.Setup.Variations;
        var index = treatment is null ? 0 : Enumerable.Range(1, variations.Length - 1).FirstOrDefault(arm => string.Equals(variations[arm].Key, treatment, StringComparison.Ordinal));
        List<ProblemError> errors = [];
        if (known is null) errors.Add(new ProblemError("metric", "unknown_metric", ProblemWords.NoMetric(metric, design.Metrics.All)));
        if (treatment is not null && index == 0) errors.Add(new ProblemError("treatment", "unknown_variation", ProblemWords.NoTreatment(treatment, design)));
        return errors.Count > 0 ? (null, 0, Problems.InvalidQuery(errors)) : (known, index, null);
    }
}
