using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Assay.Analysis.Wording;
using Assay.Server.Hosting;
using Assay.Server.Results;
using Assay.Server.Storage;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Dashboard.Report;

/// <summary>GET /experiments/{id}/report: what is known of an experiment as one file to keep, print or send.</summary>
internal static class GetReport
{
    public static async Task<IResult> Handle(string id, string? format, HttpContext context, ExperimentDirectory experiments, Sheets sheets, LiveReadouts readouts)
    {
        if (ReadFormat(format) is not { } wanted)
            return Problems.InvalidQuery(new ProblemError("format", "invalid_value", $"'format' is one of {string.Join(", ", Wire.All<ReportFormat>())}, or left out for html."));
        if (await experiments.FindAsync(id, context.RequestAborted) is not { } experiment) return Problems.UnknownExperiment(id);

        // The tag first: it may name an older answer than the one that is sent, never a newer.
        var readout = readouts.Of(id, allPairs: false).Identify(experiment);
        var sheet = await sheets.OfAsync(experiment, context.RequestAborted);
        var address = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}/experiments/{experiment.Key}";
        var tag = TagOf(readout, sheet, wanted, address);
        var headers = context.Response.Headers;
        headers.ETag = tag.ToString();
        headers.CacheControl = "private, no-cache";
        if (wanted == ReportFormat.Html) headers.Vary = Languages.Vary;
        if (EntityTags.IsKnown(context.Request, tag)) return TypedResults.StatusCode(StatusCodes.Status304NotModified);

        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = ReportStyle.Policy;
        headers.ContentDisposition = $"inline; filename=\"{experiment.Key}-report.{wanted.Extension()}\"";
        return TypedResults.Bytes(await WriteAsync(wanted, sheet, address, context.RequestServices), wanted.ContentType());
    }

    /// <summary>Whether a request asks for the report that people read in a browser, in a language of theirs.</summary>
    public static bool IsAskedAsPage(HttpRequest request) =>
        request.Path.Value is { } path && path.EndsWith("/report", StringComparison.Ordinal) && ReadFormat(request.Query.TryGetValue("format", out var format) ? format.ToString() : null) == ReportFormat.Html;

    private static ReportFormat? ReadFormat(string? format) => format is null ? ReportFormat.Html : Wire.TryParse<ReportFormat>(format);

    /// <summary>The tag of the readout, and what a report tells besides: the day of the experiment, what was decided, the address it was asked at, and in a page the language.</summary>
    private static EntityTagHeaderValue TagOf(string readout, ExperimentSheet sheet, ReportFormat format, string address) => EntityTagHeaderValue.Parse(string.Create(
        CultureInfo.InvariantCulture, $"{readout.TrimEnd('"')}.{format.Extension()}{(format == ReportFormat.Html && Languages.Tag is var language && language != Language.English.Name ? $".{language}" : "")}.{sheet.Day ?? 0}.{sheet.Decisions.Length}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address)))[..8]}\""));

    private static async Task<byte[]> WriteAsync(ReportFormat format, ExperimentSheet sheet, string address, IServiceProvider services) => format switch
    {
        ReportFormat.Markdown => Encoding.UTF8.GetBytes(ReportMarkdown.Write(sheet, address)),
        ReportFormat.Csv => Encoding.UTF8.GetBytes(ReportCsv.Write(sheet)),
        ReportFormat.Json => ReportDocument.Write(sheet),
        _ => Encoding.UTF8.GetBytes(await PageResult<ReportPage>.RenderAsync(
            services, new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(ReportPage.Sheet)] = sheet, [nameof(ReportPage.Address)] = address })),
    };
}
