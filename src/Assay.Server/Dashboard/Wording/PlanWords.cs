using Assay.Analysis.Designs;
using Assay.Analysis.Wording;
using Assay.Server.Dashboard.Planning;

namespace Assay.Server.Dashboard.Wording;

/// <summary>The form for a new experiment, and what it takes.</summary>
internal static class PlanWords
{
    private static readonly Texts Text = Texts.Of(typeof(PlanWords));

    public static string Title => Text.Get();
    public static string Lede => Text.Get();
    public static string Again => Text.Get();
    public static string AgainNote => Text.Get();

    public static string Idea => Text.Get();
    public static string Key => Text.Get();
    public static string KeyHint => Text.Get();
    public static string Name => Text.Get();
    public static string Statement => Text.Get();
    public static string StatementHint => Text.Get();
    public static string Owner => Text.Get();
    public static string Unit => Text.Get();
    public static string UnitHint => Text.Get();
    public static string Daily => Text.Get();
    public static string DailyHint => Text.Get();
    public static string Allocation => Text.Get();
    public static string AllocationHint => Text.Get();
    public static string Holdout => Text.Get();
    public static string HoldoutHint => Text.Get();
    public static string Variations => Text.Get();
    public static string VariationsHint => Text.Get();

    public static string Metrics => Text.Get();
    public static string Primary => Text.Get();
    public static string MetricName => Text.Get();
    public static string Event => Text.Get();
    public static string EventHint => Text.Get();
    public static string Type => Text.Get();
    public static string Direction => Text.Get();
    public static string Window => Text.Get();
    public static string WindowHint => Text.Get();
    public static string OtherWindowHint => Text.Get();
    public static string More => Text.Get();
    public static string MoreHint => Text.Get();
    public static string RoleHead => Text.Get();
    public static string Margin => Text.Get();
    public static string MarginHint => Text.Get();
    public static string Baseline => Text.Get();
    public static string BaselineHint => Text.Get();
    public static string StdDev => Text.Get();
    public static string StdDevHint => Text.Get();

    public static string Size => Text.Get();
    public static string Mde => Text.Get();
    public static string MdeHint => Text.Get();
    public static string Minimum => Text.Get();
    public static string MinimumHint => Text.Get();
    public static string Alpha => Text.Get();
    public static string AlphaHint => Text.Get();
    public static string Power => Text.Get();
    public static string PowerHint => Text.Get();
    public static string Method => Text.Get();
    public static string Looks => Text.Get();
    public static string LooksHint => Text.Get();
    public static string Spending => Text.Get();
    public static string OBrienFleming => Text.Get();
    public static string Pocock => Text.Get();
    public static string KimDeMets => Text.Get();

    public static string Boundaries => Text.Get();
    public static string BoundariesNote => Text.Get();
    public static string Look => Text.Get();
    public static string Information => Text.Get();
    public static string Crosses => Text.Get();
    public static string Spent => Text.Get();

    public static string Show => Text.Get();
    public static string Simulate => Text.Get();
    public static string SimulateNote => Text.Get();
    public static string Create => Text.Get();

    public static string Takes => Text.Get();
    public static string NotYet => Text.Get();
    public static string Wrong => Text.Get();
    public static string Total => Text.Get();
    public static string Days => Text.Get();
    public static string NoDays => Text.Get();
    public static string PerHypothesis => Text.Get();
    public static string PerTest => Text.Get();
    public static string DailyUnits => Text.Get();
    public static string Needs => Text.Get();

    public static string Weeks => Text.Get();
    public static string Week => Text.Get();
    public static string WeekUnits => Text.Get();
    public static string WeekMde => Text.Get();
    public static string NoEffect => Text.Get();

    public static string Curve => Text.Get();
    public static string CurveNote => Text.Get();
    public static string CurveTable => Text.Get();
    public static string TrueEffect => Text.Get();
    public static string Found => Text.Get();

    public static string Risks => Text.Get();
    public static string Ship => Text.Get();
    public static string Harm => Text.Get();
    public static string Nothing => Text.Get();
    public static string Inconclusive => Text.Get();
    public static string Mistaken => Text.Get();
    public static string Until => Text.Get();

    public static string Row(int number) => Text.Format(nameof(Row), Figures.Count(number + 2));

    public static string Variation(int row) => row == 0 ? Text.Get("Variation.control") : Text.Format("Variation.other", Figures.Count(row));

    public static string WeightOf(int row) => row == 0 ? Text.Get("WeightOf.control") : Text.Format("WeightOf.other", Figures.Count(row));

    public static string Role(string role) => Text.Case(nameof(Role), role);

    public static string Sentence(DesignQuote quote)
    {
        var sizes = quote.PlannedSampleSizes;
        var (isEven, days) = (sizes.Distinct().Count() == 1, quote.DurationDays is { } lasting ? Words.Days(lasting) : null);
        return Text.Format(
            (isEven, days) switch { (true, null) => "Sentence.even", (true, _) => "Sentence.even_lasting", (_, null) => "Sentence.uneven", _ => "Sentence.uneven_lasting" },
            Figures.Count(isEven ? sizes[0] : sizes.Sum()), Figures.Count(sizes.Length), days);
    }

    public static string RisksNote(int runs, int looks) => Text.Plural(nameof(RisksNote), looks, Figures.Count(runs), Figures.Count(looks), Figures.Share(1.96 * Math.Sqrt(0.25 / runs)));

    /// <summary>The curve for who does not see it.</summary>
    public static string Aloud(IEnumerable<PowerPoint> points) => Text.Format(
        nameof(Aloud), Curve, Lists.Listed(points.Where((_, index) => index % 5 == 0).Select(point => Text.Format("Aloud.point", Figures.Share(point.Power), Figures.Share(point.EffectPct / 100)))));

    /// <summary>What is wrong, with the place {0} for the field that it is about.</summary>
    public static string WrongAt(string detail) => Text.Format(nameof(WrongAt), "{0}", detail);

    /// <summary>What was typed where a number is wanted.</summary>
    public static string NoNumber(string typed) => typed.Length == 0 ? Text.Get("NoNumber.empty")
        : TypedNumber.Meanings(typed) is var (thousands, decimals) ? Text.Format("NoNumber.two", typed, thousands, decimals)
        : Text.Format(TypedNumber.HasSigns(typed) ? "NoNumber.comma" : "NoNumber.typed", typed);

    public static string Price(GuardrailQuote guardrail) => guardrail.Units is { } units ? Figures.Count(units) : Text.Case(nameof(Price), guardrail.Status);

    public static string Errors(int count) => Text.Plural(nameof(Errors), count, Figures.Count(count));
}
