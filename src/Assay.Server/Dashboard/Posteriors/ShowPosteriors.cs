using System.Text;
using Assay.Server.Dashboard.Course;
using Assay.Server.Dashboard.Wording;
using Assay.Server.Hosting;
using Assay.Server.Results;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Posteriors;

/// <summary>GET /experiments/{key}/posterior and its pictures: what the posterior says of each treatment on a primary, for reference.</summary>
internal static class ShowPosteriors
{
    /// <param name="metric">Name of a primary; the first unless given.</param>
    public static async Task<IResult> Handle(string key, string? metric, ExperimentDirectory directory, Sheets sheets, CancellationToken cancellation)
    {
        if (await directory.FindAsync(key, cancellation) is not { } experiment) return Problems.UnknownExperiment(key);
        if (PrimaryOf(experiment, metric) is not { } known) return Problems.InvalidQuery(Unknown(metric, experiment));
        var sheet = await sheets.OfAsync(experiment, cancellation);
        return new PageResult<PosteriorsPage>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(PosteriorsPage.Sheet)] = sheet,
            [nameof(PosteriorsPage.Metric)] = known,
            [nameof(PosteriorsPage.Posteriors)] = PosteriorSheet.Of(sheet, known),
        });
    }

    /// <param name="metric">Name of a primary; the first unless given.</param>
    /// <param name="treatment">Key of a variation; the first treatment unless given.</param>
    public static async Task<IResult> Draw(string key, string? metric, string? treatment, HttpContext context, ExperimentDirectory directory, Sheets sheets)
    {
        if (await directory.FindAsync(key, context.RequestAborted) is not { } experiment) return Problems.UnknownExperiment(key);
        if (PrimaryOf(experiment, metric) is not { } known) return Problems.InvalidQuery(Unknown(metric, experiment));
        var treatments = experiment.Design.Setup.Variations.Skip(1).Select(variation => variation.Key).ToList();
        if (treatment is not null && !treatments.Contains(treatment, StringComparer.Ordinal)) return Problems.InvalidQuery(new ProblemError("treatment", "unknown_variation", ProblemWords.NoTreatment(treatment, experiment.Design)));
        var sheet = await sheets.OfAsync(experiment, context.RequestAborted);
        if (PosteriorSheet.Of(sheet, known).FirstOrDefault(shown => shown.Row.Treatment == (treatment ?? treatments[0])) is not { Posterior: not null } shown)
            return Problems.Of(StatusCodes.Status404NotFound, "not_found", "No curve", PosteriorWords.NoCurve);
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = CourseFileStyle.Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "private, no-cache";
        headers.ContentDisposition = $"attachment; filename=\"{key}-posterior.svg\"";
        var picture = await PageResult<PosteriorFile>.RenderMarkupAsync(
            context.RequestServices, new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(PosteriorFile.Sheet)] = sheet, [nameof(PosteriorFile.Shown)] = shown });
        return TypedResults.Bytes(Encoding.UTF8.GetBytes(picture), "image/svg+xml");
    }

    private static string? PrimaryOf(Experiment experiment, string? metric) =>
        ReadoutQuery.FindMetric(experiment.Design, metric) is { } known && (known == experiment.Design.Metrics.Primary || experiment.Design.Metrics.MorePrimaries.Contains(known)) ? known.Name : null;

    private static ProblemError Unknown(string? metric, Experiment experiment) =>
        new("metric", "unknown_metric", ProblemWords.NoMetric(metric, [experiment.Design.Metrics.Primary, .. experiment.Design.Metrics.MorePrimaries]));
}
