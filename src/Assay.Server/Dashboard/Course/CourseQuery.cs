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
        var known = ReadoutQuery.FindMetric(experiment.Design, metric);
        var variations = experiment.Design.Setup.Variations;
        var index = treatment is null ? 0 : Enumerable.Range(1, variations.Length - 1).FirstOrDefault(arm => string.Equals(variations[arm].Key, treatment, StringComparison.Ordinal));
        List<ProblemError> errors = [];
        if (known is null) errors.Add(new ProblemError("metric", "unknown_metric", $"The experiment has no metric '{metric}'."));
        if (treatment is not null && index == 0) errors.Add(new ProblemError("treatment", "unknown_variation", $"The experiment has no treatment '{treatment}'."));
        if (errors.Count > 0) return (null, experiment, Problems.InvalidQuery(errors));
        var sheet = await sheets.OfAsync(experiment, cancellation);
        var course = sheets.CourseOf(experiment, known!) is { } timeline ? new CourseSheet(sheet, timeline, index == 0 ? CourseSheet.Best(sheet) : index) : null;
        return (course, experiment, null);
    }
}
