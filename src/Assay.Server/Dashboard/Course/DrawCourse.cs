using System.Text;
using Assay.Server.Dashboard.Wording;
using Assay.Server.Hosting;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Course;

/// <summary>GET /experiments/{key}/course.svg: the picture of a course as a file that stands alone.</summary>
internal static class DrawCourse
{
    /// <param name="metric">Name of the metric; the primary unless given.</param>
    /// <param name="treatment">Key of the variation; the one that ranks best unless given.</param>
    public static async Task<IResult> Handle(string key, string? metric, string? treatment, HttpContext context, ExperimentDirectory directory, Sheets sheets)
    {
        var (course, _, problem) = await CourseQuery.FindAsync(key, metric, treatment, directory, sheets, context.RequestAborted);
        if (problem is not null) return problem;
        if (course is not { Steps.Length: > 0 }) return Problems.Of(StatusCodes.Status404NotFound, "not_found", "No course yet", CourseWords.None);
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = CourseFileStyle.Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "private, no-cache";
        headers.Vary = Languages.Vary;
        headers.ContentDisposition = $"attachment; filename=\"{key}-course.svg\"";
        return TypedResults.Bytes(Encoding.UTF8.GetBytes(await WriteAsync(course, context.RequestServices)), "image/svg+xml");
    }

    public static Task<string> WriteAsync(CourseSheet course, IServiceProvider services) =>
        PageResult<CourseFile>.RenderMarkupAsync(services, new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(CourseFile.Course)] = course });
}
