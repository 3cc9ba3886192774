using Assay.Server.Access;
using Assay.Server.Dashboard.Acting;
using Assay.Server.Dashboard.Pages;
using Assay.Server.Hosting;

namespace Assay.Server.Dashboard;

/// <summary>GET /experiments/{key}: the readout as a page, and for those who may write what they can do.</summary>
internal static class ShowExperiment
{
    public static Task<IResult> Handle(string key, string? done, Caller caller, Sheets sheets, CancellationToken cancellation) =>
        PageAsync(key, Acts.Of(caller, done), StatusCodes.Status200OK, sheets, cancellation);

    /// <param name="acts">Null for a caller who may only read.</param>
    public static async Task<IResult> PageAsync(string key, Acts? acts, int status, Sheets sheets, CancellationToken cancellation) =>
        await sheets.FindAsync(key, cancellation) is { } sheet
            ? new PageResult<ExperimentPage>(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(ExperimentPage.Sheet)] = sheet, [nameof(ExperimentPage.Acts)] = acts }, status)
            : Problems.UnknownExperiment(key);
}
