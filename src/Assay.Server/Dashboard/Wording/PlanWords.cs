using Assay.Analysis.Designs;

namespace Assay.Server.Dashboard.Wording;

/// <summary>The form for a new experiment, and what it takes.</summary>
internal static class PlanWords
{
    public const string Title = "New experiment";
    public const string Lede = "Say what you believe, how you measure it and how small an effect matters. Nothing is kept until you create the draft, and nothing runs until you start it.";
    public const string Again = "Begun with the plan of";
    public const string AgainNote = "What this form does not show (segments, covariates, policy, values of variations) is kept from there.";

    public const string Idea = "1. Idea";
    public const string Key = "Key";
    public const string KeyHint = "Names it for programs: a–z, 0–9 and '-'.";
    public const string Name = "Name";
    public const string Statement = "Hypothesis";
    public const string StatementHint = "What changes, for whom, and what you expect of it.";
    public const string Owner = "Owner";
    public const string Unit = "Unit";
    public const string UnitHint = "What is randomised; user unless given.";
    public const string Daily = "Units a day";
    public const string DailyHint = "Without it the duration is unknown.";
    public const string Allocation = "Share that takes part";
    public const string AllocationHint = "0 to 1; all unless given.";
    public const string Holdout = "Share held out";
    public const string HoldoutHint = "0 to 1; none unless given.";
    public const string Variations = "Variations";
    public const string VariationsHint = "The first is the control. Weights on any scale; equal without any.";
    public const string Weight = "Weight";

    public const string Metrics = "2. Metrics and guardrails";
    public const string Primary = "Primary metric";
    public const string MetricName = "Name";
    public const string Event = "Event";
    public const string EventHint = "The metric's name unless given.";
    public const string Type = "Type";
    public const string Direction = "Direction";
    public const string Window = "Window, hours";
    public const string WindowHint = "After first exposure.";
    public const string OtherWindowHint = "As the primary's unless given.";
    public const string More = "More metrics";
    public const string MoreHint = "A row without a name counts for nothing; another appears when all are used.";
    public const string RoleHead = "Role";
    public const string Margin = "Margin, %";
    public const string MarginHint = "Guardrails only: the loss that is tolerated.";
    public const string Baseline = "Baseline";
    public const string BaselineHint = "Expected mean under control; a share is 0 to 1.";
    public const string StdDev = "Standard deviation";
    public const string StdDevHint = "Of a unit's value; needed for means.";

    public const string Size = "3. Size and risks";
    public const string Mde = "Smallest effect to find, %";
    public const string MdeHint = "Relative to the baseline.";
    public const string Minimum = "Smallest effect worth shipping, %";
    public const string MinimumHint = "0 unless given.";
    public const string Alpha = "Error rate α";
    public const string AlphaHint = "Two-sided, over all primaries and arms.";
    public const string Power = "Power";
    public const string PowerHint = "Chance to find that effect if it is there.";
    public const string Method = "Method";
    public const string Looks = "Planned looks";
    public const string LooksHint = "Only for group sequential: 1 to 50, taken by the server as the information comes.";
    public const string Spending = "How looks spend α";
    public const string OBrienFleming = "O’Brien–Fleming: little early";
    public const string Pocock = "Pocock: evenly";
    public const string KimDeMets = "Kim–DeMets (ρ = 3): between them";

    public const string Boundaries = "Planned looks";
    public const string BoundariesNote = "A look is taken when the information on completed units reaches its share; its bound is then that of the share in fact reached.";
    public const string Look = "Look";
    public const string Information = "Information";
    public const string Crosses = "Crosses at |z| ≥";
    public const string Spent = "α spent";

    public const string Show = "Show what it takes";
    public const string Simulate = "Simulate the policy too";
    public const string SimulateNote = "500 simulated experiments an effect: a moment for most plans, some seconds for many arms and metrics.";
    public const string Create = "Create draft";

    public const string Takes = "What it takes";
    public const string NotYet = "Fill in the form and ask.";
    public const string Wrong = "What is wrong";
    public const string Total = "Units in all";
    public const string Days = "Days";
    public const string NoDays = "unknown: no traffic given";
    public const string PerHypothesis = "α of each comparison";
    public const string PerTest = "Power of each test";
    public const string DailyUnits = "Units a day that take part";
    public const string Needs = "Guardrails need, in all arms";
    public const string NoPrice = "no promise: baseline or spread missing";

    public const string Weeks = "What other durations would find";
    public const string Week = "Weeks";
    public const string WeekUnits = "Units";
    public const string WeekMde = "Smallest effect";
    public const string NoEffect = "none that the metric can have";

    public const string Curve = "How surely an effect is found";
    public const string CurveNote = "One treatment on the primary metric, at the planned size. An always-valid test is looked at once here, at the end; looking earlier only helps.";
    public const string CurveTable = "The curve as numbers";
    public const string TrueEffect = "True effect";
    public const string Found = "Found with probability";

    public const string Risks = "How the policy would act";
    public const string Ship = "Ship";
    public const string Harm = "Stop: harm";
    public const string Nothing = "Nothing worthwhile";
    public const string Inconclusive = "Inconclusive";
    public const string Mistaken = "Wrong";
    public const string Until = "Days until then";

    public static string Row(int number) => $"Metric {number + 2}";

    public static string Variation(int row) => row == 0 ? "Control" : $"Variation {row}";

    public static string WeightOf(int row) => $"{Weight} of {(row == 0 ? "the control" : $"variation {row}")}";

    public static string Role(string role) => role switch
    {
        "guardrails" => "guardrail",
        "more_primaries" => "further primary",
        _ => "secondary",
    };

    public static string Sentence(DesignQuote quote) => quote.PlannedSampleSizes is var sizes && sizes.Distinct().Count() == 1
        ? $"{Figures.Count(sizes[0])} units in each of {sizes.Length} arms{Lasting(quote)}."
        : $"{Figures.Count(sizes.Sum())} units in {sizes.Length} arms{Lasting(quote)}.";

    public static string RisksNote(int runs, int looks) =>
        $"{Figures.Count(runs)} simulated experiments an effect, read {Figures.Count(looks)} times each and acted on at the first verdict that is not to keep running. Rates are uncertain by ±{Figures.Share(1.96 * Math.Sqrt(0.25 / runs))} at most.";

    /// <summary>The curve for who does not see it.</summary>
    public static string Aloud(IEnumerable<PowerPoint> points) =>
        $"{Curve}: {string.Join(", ", points.Where((_, index) => index % 5 == 0).Select(point => $"{Figures.Share(point.Power)} at {Figures.Share(point.EffectPct / 100)}"))}.";

    public static string Errors(int count) => count == 1 ? "One thing is wrong." : $"{Figures.Count(count)} things are wrong.";

    private static string Lasting(DesignQuote quote) => quote.DurationDays is { } days ? $", {Words.Days(days)}" : "";
}
