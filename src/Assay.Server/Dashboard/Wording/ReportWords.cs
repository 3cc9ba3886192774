namespace Assay.Server.Dashboard.Wording;

/// <summary>What the parts of a report are called, where a page does not name them already.</summary>
internal static class ReportWords
{
    public const string Link = "Report";
    public const string Design = "Design";
    public const string Key = "Key";
    public const string Status = "Status";
    public const string Hypothesis = "Hypothesis";
    public const string Owner = "Owner";
    public const string Variations = "Variations and split";
    public const string Traffic = "Traffic";
    public const string Started = "Started";
    public const string Stopped = "Stopped";
    public const string PlannedDays = "Planned";
    public const string PlannedUnits = "Planned units";
    public const string Detects = "Sized to detect";
    public const string Minimum = "Smallest effect worth shipping";
    public const string Written = "Written";
    public const string Where = "Live";
    public const string NothingMeasured = "Nothing has been measured: the experiment has not started.";
    public const string Interval = "Interval";

    public static string Title(string name) => $"Report: {name}";

    public static string Share(string variation, double weight, double total) => $"{variation} {Figures.Share(weight / total)}";

    public static string Taking(double allocation, double holdout) =>
        $"{Figures.Share(allocation)} of units take part{(holdout > 0 ? $", {Figures.Share(holdout)} are held out" : "")}";

    public static string Detectable(double mdePct, double power, double alpha) =>
        $"{Figures.Share(mdePct / 100)} of the baseline with power {Figures.Share(power)} at α = {Figures.Short(alpha)}";

    public static string AllWell(int checks) => checks == 1 ? "1 other check found nothing." : $"{checks} other checks found nothing or could not be made.";
}
