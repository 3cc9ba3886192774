using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Statistics;

namespace Assay.Analysis.Derivations;

/// <summary>From the moments of two arms to their difference.</summary>
internal static class PairSteps
{
    /// <summary>Moments and estimates of both arms.</summary>
    public static Steps Arms(this Steps steps, Pair pair) => steps.Arm(pair.Control, pair.Metric.Type, "c").Arm(pair.Treatment, pair.Metric.Type, "t");

    /// <summary>The difference, its variance and the relative effect.</summary>
    public static Steps Effect(this Steps steps, Pair pair)
    {
        Estimate? effect = pair.Means.TryGet(out var means) ? Statistics.Effect.Absolute(means.Control, means.Treatment) : null;
        return steps
            .Write(Quantity.Effect, "d", "{m_t} − {m_c}", pair.Difference)
            .Write(Quantity.EffectVariance, "V", "{V_c} + {V_t}", effect?.Variance)
            .Write(Quantity.StandardError, "se", "√({V})", effect?.StandardError)
            .Write(Quantity.RelativeEffect, "r", "{d} ÷ |{m_c}|", pair.RelativeDifference);
    }

    /// <summary>Fieller's interval of the relative effect, whose multiplier <c>q</c> is known.</summary>
    /// <param name="steps">Steps with the means, their variances and the effect.</param>
    /// <param name="lower">Lower end; null where there is no interval.</param>
    /// <param name="upper">Upper end.</param>
    public static Steps Fieller(this Steps steps, double? lower, double? upper)
    {
        if (steps["q"] is not { } q || steps["m_c"] is not { } c || steps["m_t"] is not { } t || steps["V_c"] is not { } vc || steps["V_t"] is not { } vt) return steps;
        steps
            .Write(Quantity.FiellerSquare, "A", "{m_c}² − {q}² × {V_c}", (c * c) - (q * q * vc))
            .Write(Quantity.FiellerMiddle, "B", "{m_c} × {d} + {q}² × {V_c}", (c * steps["d"]) + (q * q * vc))
            .Write(Quantity.FiellerDiscriminant, "D", "{q}² × ({m_c}² × {V_t} + {m_t}² × {V_c} − {q}² × {V_c} × {V_t})", q * q * ((c * c * vt) + (t * t * vc) - (q * q * vc * vt)));
        // Over the absolute control mean, so that a negative one turns the set around.
        return c > 0
            ? steps.Write(Quantity.RelativeLower, "L_r", "({B} − √({D})) ÷ {A}", lower).Write(Quantity.RelativeUpper, "U_r", "({B} + √({D})) ÷ {A}", upper)
            : steps.Write(Quantity.RelativeLower, "L_r", "−({B} + √({D})) ÷ {A}", lower).Write(Quantity.RelativeUpper, "U_r", "−({B} − √({D})) ÷ {A}", upper);
    }

    private static Steps Arm(this Steps steps, ArmUnits arm, MetricType type, string name)
    {
        var mean = arm.Mean.TryGet(out var estimate) ? estimate : (Estimate?)null;
        steps.Given(Quantity.Units, $"n_{name}", arm.Count);
        if (type == MetricType.Binary)
        {
            return steps
                .Given(Quantity.Converted, $"x_{name}", arm.Converted)
                .Write(Quantity.Mean, $"m_{name}", $"{{x_{name}}} ÷ {{n_{name}}}", arm.Count == 0 ? null : arm.Moments.Mean)
                .Write(Quantity.MeanVariance, $"V_{name}", $"{{m_{name}}} × (1 − {{m_{name}}}) ÷ {{n_{name}}}", mean?.Variance);
        }

        return steps
            .Given(Quantity.Mean, $"m_{name}", arm.Count == 0 ? null : arm.Moments.Mean)
            .Given(Quantity.SquaredDeviations, $"S_{name}", arm.Moments.SquaredDeviations)
            .Variance(arm, name)
            .Write(Quantity.MeanVariance, $"V_{name}", $"{{s²_{name}}} ÷ {{n_{name}}}", mean?.Variance);
    }

    /// <summary>Variance of a unit's value.</summary>
    public static Steps Variance(this Steps steps, ArmUnits arm, string name) =>
        steps.Write(Quantity.UnitVariance, $"s²_{name}", $"{{S_{name}}} ÷ ({{n_{name}}} − 1)", arm.Count < 2 ? null : arm.Moments.Variance);
}
