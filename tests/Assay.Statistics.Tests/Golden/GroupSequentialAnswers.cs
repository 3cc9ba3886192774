using System.Collections.Immutable;

namespace Assay.Statistics.Tests;

internal static class GroupSequentialAnswers
{
    public static object OBrienFleming(Given g) => Describe(GroupSequential.OBrienFleming((int)g.Number("looks"), g.Number("alpha"), (int)g.Number("sides", 2)));

    public static object Pocock(Given g) => Describe(GroupSequential.Pocock((int)g.Number("looks"), g.Number("alpha"), (int)g.Number("sides", 2)));

    public static object Family(Given g) => Describe(g.Text("family") is "wang_tsiatis"
        ? GroupSequential.WangTsiatis((int)g.Number("looks"), g.Number("alpha"), g.Number("delta"))
        : GroupSequential.HaybittlePeto((int)g.Number("looks"), g.Number("alpha"), g.Number("z_early")));

    public static object Spending(Given g) => Describe(GroupSequential.Spending(
        Function(g.Text("spending"), g.Number("parameter", 0)), [.. g.Numbers("information_fractions")], g.Number("alpha"), (int)g.Number("sides", 2), g.Flag("spend_all_at_last")));

    public static object Peeking(Given g) => new { false_positive_rate = GroupSequential.NaiveFalsePositiveRate((int)g.Number("looks"), g.Number("alpha")) };

    public static object Characteristics(Given g)
    {
        var fractions = g.Numbers("information_fractions");
        var crossing = Crossing.Of(fractions, Side("lower_z", double.NegativeInfinity), Side("upper_z", double.PositiveInfinity), g.Number("drift"));
        return new
        {
            upper = crossing.Upper,
            lower = crossing.Lower,
            total_upper = crossing.TotalUpper,
            total_lower = crossing.TotalLower,
            expected_information = crossing.ExpectedFraction,
        };

        double[] Side(string name, double none) => g.Has(name) ? [.. g.Numbers(name).Select(z => double.IsNaN(z) ? none : z)] : [.. fractions.Select(_ => none)];
    }

    public static object Inflation(Given g)
    {
        double alpha = g.Number("alpha"), power = g.Number("power");
        var bounds = Design(g.Text("design"), (int)g.Number("looks"), alpha, (int)g.Number("sides", 2));
        var design = SequentialDesign.Of(bounds, alpha, power);
        return new
        {
            drift = design.Drift,
            inflation_factor = design.Inflation,
            inflation_factor_either_side = SequentialDesign.Of(bounds, alpha, power, eitherSide: true).Inflation,
            asn_h0 = design.ExpectedUnderNull,
            asn_h01 = design.ExpectedHalfway,
            asn_h1 = design.ExpectedUnderAlternative,
        };
    }

    public static object Final(Given g)
    {
        var bounds = new Boundaries([.. g.Numbers("information_fractions")], [.. g.Numbers("upper_z")], (int)g.Number("sides", 2), [], 0);
        var look = (int)g.Number("stop_look");
        var final = FinalInference.At(bounds, look, g.Number("z"), g.Number("alpha"));
        return new
        {
            p_upper = final.UpperPValue,
            p_value = final.PValue,
            median_unbiased_drift = final.MedianUnbiasedDrift,
            ci_lower_drift = final.Interval.Lower,
            ci_upper_drift = final.Interval.Upper,
            naive_drift = g.Number("z") / Math.Sqrt(bounds.Fractions[look - 1]),
        };
    }

    public static object Repeated(Given g)
    {
        ImmutableArray<double> fractions = [.. g.Numbers("information_fractions")];
        double[] z = g.Numbers("z");
        var (design, alpha) = (g.Text("design"), g.Number("alpha"));
        double? delta = design switch { "obrien_fleming" => 0, "pocock" => 0.5, _ => null };
        ImmutableArray<double> shape = delta is { } power ? [.. fractions.Select(t => Math.Pow(t, power - 0.5))] : [];
        var bounds = delta is null ? GroupSequential.Spending(Function(design, g.Number("parameter", 0)), fractions, alpha) : GroupSequential.Family(fractions, shape, alpha);
        var repeated = z.Select((value, k) => delta is null
            ? RepeatedInference.SpendingPValue(Function(design, g.Number("parameter", 0)), fractions, k + 1, value)
            : RepeatedInference.FamilyPValue(fractions, shape, k + 1, value)).ToList();
        var intervals = z.Select((value, k) => RepeatedInference.Interval(new Estimate(value / Math.Sqrt(fractions[k]), 1 / fractions[k], double.PositiveInfinity), bounds.Z[k]).Value).ToList();
        return new
        {
            repeated_p = repeated,
            sequential_p = AnytimeAnswers.Running(repeated, Math.Min),
            bounds = bounds.Z,
            repeated_ci_lower_drift = intervals.Select(interval => interval.Lower),
            repeated_ci_upper_drift = intervals.Select(interval => interval.Upper),
        };
    }

    public static object Conditional(Given g)
    {
        double z = g.Number("z"), t = g.Number("t"), c = g.Number("final_z");
        return new
        {
            cp_design = g.Has("design_drift") ? ConditionalPower.Under(g.Number("design_drift"), z, t, c) : (double?)null,
            cp_trend = ConditionalPower.Under(ConditionalPower.Trend(z, t), z, t, c),
            cp_null = ConditionalPower.Under(0, z, t, c),
            predictive_flat = ConditionalPower.Predictive(z, t, c),
            predictive_prior = g.Has("prior_var") ? ConditionalPower.Predictive(z, t, c, g.Number("prior_mean", 0), g.Number("prior_var")) : (double?)null,
        };
    }

    public static object Futility(Given g)
    {
        var design = FutilityDesign.Of(
            Function(g.Text("alpha_spending"), g.Number("alpha_parameter", 0)),
            Function(g.Text("beta_spending"), g.Number("beta_parameter", 0)),
            [.. g.Numbers("information_fractions")],
            g.Number("alpha"),
            g.Number("beta"),
            g.Flag("binding"));
        var (none, effect) = (design.Under(0), design.Under(design.Drift));
        return new
        {
            drift = design.Drift,
            upper_z = design.Upper,
            lower_z = design.Lower,
            inflation_factor = design.Inflation,
            prob_futility_h0 = none.Lower[..^1].Sum(),
            alpha_if_futility_obeyed = none.TotalUpper,
            expected_information_h0 = none.ExpectedFraction,
            expected_information_h1 = effect.ExpectedFraction,
        };
    }

    private static Boundaries Design(string name, int looks, double alpha, int sides) => name switch
    {
        "obrien_fleming" => GroupSequential.OBrienFleming(looks, alpha, sides),
        "pocock" => GroupSequential.Pocock(looks, alpha, sides),
        _ => GroupSequential.Spending(Function(name, 0), GroupSequential.Equal(looks), alpha, sides),
    };

    private static SpendingFunction Function(string name, double parameter) => name switch
    {
        "lan_demets_obf" => SpendingFunction.OBrienFleming,
        "lan_demets_pocock" => SpendingFunction.Pocock,
        "kim_demets" => SpendingFunction.KimDeMets(parameter),
        "hwang_shih_decani" => SpendingFunction.HwangShihDeCani(parameter),
        _ => throw new NotSupportedException(name),
    };

    private static object Describe(Boundaries bounds) => new
    {
        constant = bounds.Constant,
        z = bounds.Z,
        nominal_p = bounds.NominalP,
        cumulative_alpha = bounds.CumulativeAlpha,
    };
}
