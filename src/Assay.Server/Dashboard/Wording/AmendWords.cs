using Assay.Analysis.Wording;

namespace Assay.Server.Dashboard.Wording;

/// <summary>Another plan for an experiment that runs, and what that costs.</summary>
internal static class AmendWords
{
    private static readonly Texts Text = Texts.Of(typeof(AmendWords));

    public static string Title => Text.Get();
    public static string Link => Text.Get();
    public static string Amend => Text.Get();
    public static string Costs => Text.Get();
    public static string Why => Text.Get();
    public static string ReasonHint => Text.Get();
    public static string Kept => Text.Get();
    public static string NotNow => Text.Get();
    public static string Changed => Text.Get();

    /// <summary>Which iteration runs, with the place {0} for the moment since when.</summary>
    public static string Since(int iteration) => Text.Format(nameof(Since), "{0}", Figures.Count(iteration));

    /// <summary>The same, where a reason follows.</summary>
    public static string SinceBecause(int iteration) => Text.Format(nameof(SinceBecause), "{0}", Figures.Count(iteration));

    /// <summary>A link to the readout that an iteration ended with.</summary>
    public static string Ended(int iteration) => Text.Format(nameof(Ended), Figures.Count(iteration));

    public static string TitleOf(string name) => Text.Format(nameof(TitleOf), name);

    /// <summary>What one should know before.</summary>
    public static IEnumerable<string> CostsOf(ExperimentSheet sheet)
    {
        yield return Text.Format("CostsOf.begins", Figures.Count(sheet.Experiment.Iteration + 1));
        yield return sheet.Readout is { } readout
            ? Text.Plural("CostsOf.units", readout.Population.Exposed, Figures.Count(readout.Population.Exposed), Figures.Count(readout.Population.Completed))
            : Text.Get("CostsOf.later");
        yield return Text.Format("CostsOf.ends", Figures.Count(sheet.Experiment.Iteration));
        yield return Text.Get("CostsOf.stays");
    }
}
