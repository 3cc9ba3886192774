using Assay.Analysis.Wording;

namespace Assay.Server.Dashboard.Wording;

/// <summary>What the parts of a report are called, where a page does not name them already.</summary>
internal static class ReportWords
{
    private static readonly Texts Text = Texts.Of(typeof(ReportWords));

    public static string Link => Text.Get();
    public static string Design => Text.Get();
    public static string Key => Text.Get();
    public static string Status => Text.Get();
    public static string Hypothesis => Text.Get();
    public static string Owner => Text.Get();
    public static string Variations => Text.Get();
    public static string Traffic => Text.Get();
    public static string Started => Text.Get();
    public static string Sealed => Text.Get();
    public static string Stopped => Text.Get();
    public static string PlannedDays => Text.Get();
    public static string PlannedUnits => Text.Get();
    public static string Detects => Text.Get();
    public static string Minimum => Text.Get();
    public static string Written => Text.Get();
    public static string Where => Text.Get();
    public static string NothingMeasured => Text.Get();
    public static string Interval => Text.Get();

    public static string Title(string name) => Text.Format(nameof(Title), name);

    public static string Share(string variation, double weight, double total) => Text.Format(nameof(Share), variation, Figures.Share(weight / total));

    public static string Taking(double allocation, double holdout) =>
        holdout > 0 ? Text.Format("Taking.holdout", Figures.Share(allocation), Figures.Share(holdout)) : Text.Format("Taking.all", Figures.Share(allocation));

    public static string Detectable(double mdePct, double power, double alpha) =>
        Text.Format(nameof(Detectable), Figures.Share(mdePct / 100), Figures.Share(power), Figures.Value(alpha));

    public static string AllWell(int checks) => Text.Plural(nameof(AllWell), checks, Figures.Count(checks));
}
