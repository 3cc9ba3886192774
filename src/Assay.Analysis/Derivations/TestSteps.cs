using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Derivations;

/// <summary>A fixed test: of the planned units, which is read once, or of all exposed ones, for reference.</summary>
internal static class TestSteps
{
    /// <summary>The arms, the effect and the test; nothing beyond the arms where it is not determined.</summary>
    /// <param name="pair">The units it is of.</param>
    /// <param name="level">Level of the interval.</param>
    /// <param name="correct">What stands between the p-value and the interval: α and the correction.</param>
    public static Steps Of(Pair pair, double level, Func<Steps, Steps> correct)
    {
        var steps = new Steps().Arms(pair);
        if (pair.Difference is null || !pair.Test(level).TryGet(out var test)) return steps;
        steps.Effect(pair);
        if (pair.Metric.Type == MetricType.Binary) Pooled(steps, pair, test, level, correct);
        else Welch(steps, test, level, correct);
        var relative = pair.Means.SelectMany(means => Effect.RelativeFieller(means.Control, means.Treatment, level));
        return relative.TryGet(out var ends) ? steps.Fieller(ends.Lower, ends.Upper) : steps.Fieller(null, null);
    }

    /// <summary>From variances to Welch's interval, whatever the means were made of.</summary>
    public static void Welch(Steps steps, Inference test, double level, Func<Steps, Steps> correct)
    {
        var freedom = test.Effect.DegreesOfFreedom;
        steps
            .Write(Quantity.DegreesOfFreedom, "ν", "{V}² ÷ ({V_c}² ÷ ({n_c} − 1) + {V_t}² ÷ ({n_t} − 1))", freedom)
            .Write(Quantity.Statistic, "t", "{d} ÷ {se}", test.Statistic)
            .Write(Quantity.PValue, "p", "2 × Q(|{t}|; {ν})", test.PValue);
        correct(steps)
            .Write(Quantity.Multiplier, "q", "t({α_h} ÷ 2; {ν})", StudentT.TwoSidedCritical(level, freedom))
            .Write(Quantity.Lower, "L", "{d} − {q} × {se}", test.Interval.Lower)
            .Write(Quantity.Upper, "U", "{d} + {q} × {se}", test.Interval.Upper);
    }

    private static void Pooled(Steps steps, Pair pair, Inference test, double level, Func<Steps, Steps> correct)
    {
        double? error = Proportions.PooledTest(pair.Control.Converted, pair.Control.Count, pair.Treatment.Converted, pair.Treatment.Count).TryGet(out var pooled) ? pooled.PooledError : null;
        steps
            .Write(Quantity.PooledShare, "m", "({x_c} + {x_t}) ÷ ({n_c} + {n_t})", ((double)pair.Control.Converted + pair.Treatment.Converted) / ((double)pair.Control.Count + pair.Treatment.Count))
            .Write(Quantity.NullError, "se_0", "√({m} × (1 − {m}) × (1 ÷ {n_c} + 1 ÷ {n_t}))", error)
            .Write(Quantity.Statistic, "z", "{d} ÷ {se_0}", test.Statistic)
            .Write(Quantity.PValue, "p", "2 × Q(|{z}|)", test.PValue);
        correct(steps)
            .Write(Quantity.Multiplier, "q", "z({α_h} ÷ 2)", Normal.TwoSidedCritical(level))
            .Write(Quantity.Lower, "L", "{d} − {L} = {q} × √(V({L}))", test.Interval.Lower)
            .Write(Quantity.Upper, "U", "{U} − {d} = {q} × √(V({U}))", test.Interval.Upper);
    }
}
