using Assay.Analysis.Readouts;
using Assay.Statistics;

namespace Assay.Analysis.Derivations;

/// <summary>The effect with the part that covariates explain taken out.</summary>
internal static class AdjustmentSteps
{
    /// <summary>Null where nothing is declared or determined.</summary>
    public static DerivationPart? Of(ReadoutInput input, Pair pair)
    {
        if (input.Design.Metrics.Covariates.Length == 0) return null;
        var (control, treatment, alpha) = (pair.Control.Joint, pair.Treatment.Joint, input.Design.Metrics.Alpha);
        if (!CovariateAdjustment.Optimal(control, treatment).TryGet(out var adjusted) || !FixedHorizon.Infer(adjusted.Control, adjusted.Treatment, alpha).TryGet(out var test)) return null;
        int[] columns = [.. Enumerable.Range(1, control.Columns - 1)];
        var steps = new Steps().Arm(control, columns, "c").Arm(treatment, columns, "t");
        foreach (var j in columns) steps.Given(Quantity.Theta, $"θ_{j}", adjusted.Theta[j - 1]);
        steps.Write(Quantity.TreatmentShare, "h", "{n_t} ÷ ({n_c} + {n_t})", (double)treatment.Count / ((double)control.Count + treatment.Count));
        steps.Write(Quantity.AdjustedMean, "m_c", "{ȳ_c} − {h} × (" + Sum(columns, j => $"{{θ_{j}}} × ({{x̄_{j},c}} − {{x̄_{j},t}})") + ")", adjusted.Control.Value);
        steps.Write(Quantity.AdjustedMean, "m_t", "{ȳ_t} − (1 − {h}) × (" + Sum(columns, j => $"{{θ_{j}}} × ({{x̄_{j},t}} − {{x̄_{j},c}})") + ")", adjusted.Treatment.Value);
        steps.Write(Quantity.AdjustedVariance, "V_c", Variance(columns, "c"), adjusted.Control.Variance).Write(Quantity.AdjustedVariance, "V_t", Variance(columns, "t"), adjusted.Treatment.Variance);
        steps
            .Write(Quantity.Effect, "d", "{m_t} − {m_c}", test.Effect.Value)
            .Write(Quantity.EffectVariance, "V", "{V_c} + {V_t}", test.Effect.Variance)
            .Write(Quantity.StandardError, "se", "√({V})", test.Effect.StandardError)
            .Write(Quantity.RelativeEffect, "r", "{d} ÷ |{m_c}|", Pair.Relative(test.Effect.Value, adjusted.Control.Value));
        TestSteps.Welch(steps, test, alpha, before => before.Given(Quantity.Level, "α_h", alpha));
        var relative = Effect.RelativeFieller(adjusted.Control, adjusted.Treatment, alpha);
        return (relative.TryGet(out var ends) ? steps.Fieller(ends.Lower, ends.Upper) : steps.Fieller(null, null)).As(DerivationKind.Adjusted);
    }

    private static Steps Arm(this Steps steps, JointMoments arm, int[] columns, string name)
    {
        steps.Given(Quantity.Units, $"n_{name}", arm.Count).Given(Quantity.Mean, $"ȳ_{name}", arm.Means[0]).Given(Quantity.SquaredDeviations, $"S_{name}", arm.Scatter(0, 0));
        foreach (var j in columns) steps.Given(Quantity.CovariateMean, $"x̄_{j},{name}", arm.Means[j]);
        foreach (var j in columns) steps.Given(Quantity.CrossDeviations, $"S_y{j},{name}", arm.Scatter(0, j));
        foreach (var j in columns)
            foreach (var l in columns.Where(l => l >= j)) steps.Given(Quantity.CrossDeviations, $"S_{j}{l},{name}", arm.Scatter(j, l));
        return steps;
    }

    /// <summary>(S_y − 2 θᵀS_xy + θᵀS_x θ) ÷ (n − 1) ÷ n.</summary>
    private static string Variance(int[] columns, string name)
    {
        var linear = Sum(columns, j => $"{{θ_{j}}} × {{S_y{j},{name}}}");
        var square = Sum(
            columns.SelectMany(j => columns.Where(l => l >= j).Select(l => (j, l))),
            pair => pair.j == pair.l ? $"{{θ_{pair.j}}}² × {{S_{pair.j}{pair.l},{name}}}" : $"2 × {{θ_{pair.j}}} × {{θ_{pair.l}}} × {{S_{pair.j}{pair.l},{name}}}");
        return $"({{S_{name}}} − 2 × ({linear}) + {square}) ÷ ({{n_{name}}} − 1) ÷ {{n_{name}}}";
    }

    private static string Sum<T>(IEnumerable<T> items, Func<T, string> write) => string.Join(" + ", items.Select(write));
}
