using Assay.Server.Access;
using Assay.Server.Dashboard.Acting;
using Assay.Server.Dashboard.Pages;
using Assay.Server.Hosting;
using Assay.Server.Results;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard;

/// <summary>GET /experiments/{key}: the readout as a page, and for those who may write what they can do.</summary>
internal static class ShowExperiment
{
    public static async Task<IResult> Handle(string key, string? done, HttpContext context, Caller caller, Sheets sheets, Broadcasts broadcasts, ICatalog catalog)
    {
        var acts = Acts.Of(caller, done);
        return SharedPage.IsAsked(context) && broadcasts.Latest(key) is { } turn
            ? new SharedPage(key, turn, acts, sheets, catalog)
            : await PageAsync(key, acts, StatusCodes.Status200OK, sheets, context.RequestAborted);
    }

    /// <param name="acts">Null for a caller who may only read.</param>
    public static async Task<IResult> PageAsync(string key, Acts? acts, int status, Sheets sheets, CancellationToken cancellation) =>
        await sheets.FindAsync(key, cancellation) is { } sheet ? new PageResult<ExperimentPage>(Parameters(sheet, acts), status) : Problems.UnknownExperiment(key);

    public static Dictionary<string, object?> Parameters(ExperimentSheet sheet, Acts? acts) =>
        new(StringComparer.Ordinal) { [nameof(ExperimentPage.Sheet)] = sheet, [nameof(ExperimentPage.Acts)] = acts };
}
