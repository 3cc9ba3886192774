using Assay.Server.Dashboard.Pages;
using Assay.Server.Hosting;

namespace Assay.Server.Dashboard;

/// <summary>GET /experiments/{key}: the readout as a page.</summary>
internal static class ShowExperiment
{
    public static async Task<IResult> Handle(string key, Sheets sheets, CancellationToken cancellation) =>
        await sheets.FindAsync(key, cancellation) is { } sheet
            ? new PageResult<ExperimentPage>(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(ExperimentPage.Sheet)] = sheet })
            : Problems.UnknownExperiment(key);
}
