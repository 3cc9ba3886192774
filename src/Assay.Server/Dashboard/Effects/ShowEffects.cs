using System.Globalization;
using Assay.Server.Dashboard.Wording;
using Assay.Server.Hosting;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Effects;

/// <summary>GET /experiments/{key}/effects: the effects of an experiment that measures more than one page holds, a page at a time.</summary>
internal static class ShowEffects
{
    /// <param name="page">Which one, from 1; the first unless given.</param>
    public static async Task<IResult> Handle(string key, string? page, ExperimentDirectory directory, Sheets sheets, CancellationToken cancellation)
    {
        if (await directory.FindAsync(key, cancellation) is not { } experiment) return Problems.UnknownExperiment(key);
        var sheet = await sheets.OfAsync(experiment, cancellation);
        var pages = EffectPages.Of(sheet);
        var number = 1;
        if (!string.IsNullOrEmpty(page) && (!int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number < 1 || number > pages.Length))
            return Problems.InvalidQuery([new ProblemError("page", "invalid_value", ProblemWords.NoPage(page, pages.Length))]);
        return new PageResult<EffectsPage>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(EffectsPage.Sheet)] = sheet,
            [nameof(EffectsPage.Number)] = number,
            [nameof(EffectsPage.Count)] = pages.Length,
            [nameof(EffectsPage.Shown)] = pages[number - 1],
        });
    }
}
