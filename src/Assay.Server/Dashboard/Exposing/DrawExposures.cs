using System.Text;
using Assay.Server.Dashboard.Course;
using Assay.Server.Dashboard.Wording;
using Assay.Server.Hosting;
using Assay.Server.Results;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Exposing;

/// <summary>GET /experiments/{key}/exposures.svg: one of the pictures as a file that stands alone.</summary>
internal static class DrawExposures
{
    /// <param name="chart">What it is of: cumulative, daily or ratio; cumulative unless given.</param>
    public static async Task<IResult> Handle(string key, string? chart, HttpContext context, ExperimentDirectory directory, Sheets sheets, LiveReadouts readouts)
    {
        if (await directory.FindAsync(key, context.RequestAborted) is not { } experiment) return Problems.UnknownExperiment(key);
        if ((chart is null ? ExposureChartKind.Cumulative : Wire.TryParse<ExposureChartKind>(chart)) is not { } kind)
            return Problems.InvalidQuery(new ProblemError("chart", "invalid_value", ProblemWords.NoChoice(chart!, Wire.All<ExposureChartKind>())));
        var sheet = await sheets.OfAsync(experiment, context.RequestAborted);
        if (experiment.Status == ExperimentStatus.Draft || ExposureSheet.Of(sheet, readouts.Of(key, allPairs: false).Draw(experiment).Input) is not { Days.Count: > 0 } exposures)
            return Problems.Of(StatusCodes.Status404NotFound, "not_found", "No days yet", ExposureWords.None);
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = CourseFileStyle.Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "private, no-cache";
        headers.Vary = Languages.Vary;
        headers.ContentDisposition = $"attachment; filename=\"{key}-{Wire.Name(kind)}.svg\"";
        return TypedResults.Bytes(Encoding.UTF8.GetBytes(await WriteAsync(exposures, kind, context.RequestServices)), "image/svg+xml");
    }

    public static Task<string> WriteAsync(ExposureSheet exposures, ExposureChartKind kind, IServiceProvider services) => PageResult<ExposureFile>.RenderMarkupAsync(
        services, new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(ExposureFile.Exposures)] = exposures, [nameof(ExposureFile.Kind)] = Wire.Name(kind) });
}
