using Assay.Server.Hosting;
using Assay.Server.Results;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Exposing;

/// <summary>GET /experiments/{key}/exposures: units by arm and day, and the sample ratio over time, as a page.</summary>
internal static class ShowExposures
{
    public static async Task<IResult> Handle(string key, ExperimentDirectory directory, Sheets sheets, LiveReadouts readouts, CancellationToken cancellation)
    {
        if (await directory.FindAsync(key, cancellation) is not { } experiment) return Problems.UnknownExperiment(key);
        var sheet = await sheets.OfAsync(experiment, cancellation);
        return new PageResult<ExposuresPage>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(ExposuresPage.Sheet)] = sheet,
            [nameof(ExposuresPage.Exposures)] = experiment.Status == ExperimentStatus.Draft ? null : ExposureSheet.Of(sheet, readouts.Of(key, allPairs: false).Draw(experiment).Input),
        });
    }
}
