using Assay.Server.Dashboard.Pages;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Course;

/// <summary>GET /experiments/{key}/course: one metric and variation over time as a page.</summary>
internal static class ShowCourse
{
    /// <param name="metric">Name of the metric; the primary unless given.</param>
    /// <param name="treatment">Key of the variation; the one that ranks best unless given.</param>
    public static async Task<IResult> Handle(string key, string? metric, string? treatment, ExperimentDirectory directory, Sheets sheets, CancellationToken cancellation)
    {
        var (course, experiment, problem) = await CourseQuery.FindAsync(key, metric, treatment, directory, sheets, cancellation);
        return problem is not null ? problem : new PageResult<CoursePage>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(CoursePage.Name)] = experiment!.Design.Name,
            [nameof(CoursePage.Key)] = experiment.Key,
            [nameof(CoursePage.Course)] = course,
        });
    }
}
