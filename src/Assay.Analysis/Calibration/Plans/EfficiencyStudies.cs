using System.Collections.Frozen;
using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Plans;

/// <summary>What each rule for reading early costs, computed, beside an independent computation.</summary>
internal static class EfficiencyStudies
{
    private const int Looks = 28;
    private const double Alpha = 0.05;
    private const double Power = 0.8;

    private static readonly Lazy<Dictionary<string, RelativeEfficiency>> Ours = new(() => PeekingRules.Compare(Looks, Alpha, Power).ToDictionary(row => row.Name, row => row.Efficiency, StringComparer.Ordinal));

    /// <summary>What an independent recursion printed; NaN where it printed nothing.</summary>
    private static readonly ImmutableArray<Reference> References =
    [
        new("fixed", "fixed horizon, one look", 0.05, 0.8, 1, 1, 1, 1),
        new("naive", "naive z at every look", 0.2747, 0.879, 0.42, double.NaN, double.NaN, 1),
        new("haybittle-peto", "Haybittle-Peto 3", 0.05, 0.769, 0.77, 1.08, 0.81, 1.07),
        new("obrien-fleming", "O'Brien-Fleming", 0.05, 0.78, 0.75, 1.05, 0.776, 1.09),
        new("lan-demets-obrien-fleming", "Lan-DeMets O'Brien-Fleming", 0.05, 0.781, 0.75, 1.049, 0.777, 1.09),
        new("kim-demets", "Kim-DeMets 3", 0.05, 0.778, 0.73, 1.056, 0.761, 1.10),
        new("lan-demets-pocock", "Lan-DeMets Pocock", 0.05, 0.692, 0.68, 1.27, 0.77, 1.30),
        new("pocock", "Pocock", 0.05, 0.644, 0.69, 1.39, 0.81, 1.39),
        new("calibrated-mixture", "calibrated mixture", 0.05, 0.702, double.NaN, 1.25, 0.755, 1.30),
        new("hybrid", "half mixture, half fixed", 0.0270, 0.715, 0.86, 1.20, 0.98, 1.14),
        new("mixture", "mixture tuned to the end", 0.0120, 0.501, 0.81, 1.72, 1.11, 1.55),
        new("mixture-tenth", "mixture tuned to a tenth", 0.0159, 0.440, 0.81, 1.90, 1.15, 1.66),
        new("mixture-hundredth", "mixture tuned to a hundredth", 0.0078, 0.314, 0.87, 2.25, 1.41, 1.82),
        new("bonferroni", "Bonferroni over the looks", 0.0158, 0.475, 0.80, 1.79, 1.11, 1.59),
    ];

    /// <summary>Where the reference printed another last digit than its value has (0.43949 as 0.440, 0.00775 as 0.0078 and 1.4047 as 1.41).</summary>
    private static readonly FrozenSet<string> OtherDigits = FrozenSet.Create(StringComparer.Ordinal, "mixture-tenth/power", "mixture-hundredth/type-1", "mixture-hundredth/size-then");

    public static ImmutableArray<Simulation> All { get; } =
    [
        Simulation.Computed(
            "efficiency/table",
            "What each rule costs",
            "28 daily looks, α = .05 two-sided, an effect that the fixed test finds with power 80 %; sizes and widths are multiples of the fixed test's. By the exact recursion; in brackets what another program printed, to the digits it printed. Three of them (†) were rounded twice and are off by one in the last digit: ours are exact.",
            References.SelectMany(OfRule)),
    ];

    private static IEnumerable<Question<Simulation.Exactness>> OfRule(Reference rule)
    {
        IEnumerable<Question<Simulation.Exactness>?> cells =
        [
            Cell(rule, "type-1", "false positives", rule.FalsePositives, 1e-4, row => row.FalsePositiveRate),
            Cell(rule, "power", "power", rule.Power, 1e-3, row => row.Power),
            Cell(rule, "size", "expected size", rule.Size, 1e-2, row => row.ExpectedFraction),
            Cell(rule, "inflation", "size for the same power", rule.Inflation, 1e-2, row => row.Inflation!.Value),
            Cell(rule, "size-then", "expected size then", rule.SizeThen, 1e-2, row => row.ExpectedAtInflation!.Value),
            Cell(rule, "width", "width at the end", rule.Width, 1e-2, row => row.FinalWidth),
        ];
        return cells.OfType<Question<Simulation.Exactness>>();
    }

    /// <summary>Null where the reference has no number.</summary>
    private static Question<Simulation.Exactness>? Cell(Reference rule, string name, string column, double right, double digit, Func<RelativeEfficiency, double> value)
    {
        if (double.IsNaN(right)) return null;
        var known = new Claim.Value(right, 0.5 * digit);
        Claim claim = OtherDigits.Contains($"{rule.Key}/{name}") ? new Claim.OtherLastDigit(right, digit) : name == "type-1" && right > Alpha ? new Claim.ValueExceeds(Alpha, known) : known;
        return new($"{rule.Key}/{name}", rule.Rule, claim, "independent recursion", _ => value(Ours.Value[rule.Rule])) { Column = column };
    }

    private sealed record Reference(string Key, string Rule, double FalsePositives, double Power, double Size, double Inflation, double SizeThen, double Width);
}
