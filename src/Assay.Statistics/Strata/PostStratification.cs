namespace Assay.Statistics;

/// <summary>A difference of means weighted over strata, or over the epochs of a changed allocation (Miratrix, Sekhon &amp; Yu 2013).</summary>
/// <param name="Effect">Σ w_k(ȳ_tk − ȳ_ck), w_k = n_k ÷ N, with variance Σ w_k²(V_ck + V_tk) and a normal reference.</param>
/// <param name="BetweenVariance">Σ w_k(d_k − d)² ÷ N, added when the strata themselves are a sample.</param>
/// <param name="StrataUsed">Strata after merging.</param>
/// <param name="DroppedUnits">Units of strata that could not be used even merged.</param>
/// <param name="Unadjusted">The plain difference over the used units.</param>
public sealed record PostStratification(Estimate Effect, double BetweenVariance, int StrataUsed, long DroppedUnits, Estimate Unadjusted)
{
    /// <summary>For strata given by arm; those with fewer than two units in an arm are merged into one.</summary>
    /// <param name="strata">Moments of the metric in each arm, one pair a stratum; strata were fixed before exposure.</param>
    /// <returns><see cref="Reason.NoUnits"/> or <see cref="Reason.TooFewUnits"/> when no stratum can be used.</returns>
    public static Outcome<PostStratification> Of(params ReadOnlySpan<(Moments Control, Moments Treatment)> strata)
    {
        var usable = new List<(Moments Control, Moments Treatment)>();
        (Moments Control, Moments Treatment) rest = default;
        long units = 0;
        foreach (var stratum in strata)
        {
            Check.Moments(stratum.Control, nameof(strata), from: 0);
            Check.Moments(stratum.Treatment, nameof(strata), from: 0);
            units += stratum.Control.Count + stratum.Treatment.Count;
            if (units > Check.LargestCount) throw new ArgumentOutOfRangeException(nameof(strata), units, "At most 2⁶⁰ units together.");
            if (Beyond(stratum.Control) || Beyond(stratum.Treatment)) return Reason.Overflow;
            if (Usable(stratum)) usable.Add(stratum);
            else rest = (rest.Control + stratum.Control, rest.Treatment + stratum.Treatment);
        }

        long dropped = 0;
        if (Usable(rest)) usable.Add(rest);
        else dropped = rest.Control.Count + rest.Treatment.Count;
        if (usable.Count == 0) return dropped == 0 ? Reason.NoUnits : Reason.TooFewUnits;
        double total = usable.Sum(stratum => (double)stratum.Control.Count + stratum.Treatment.Count), value = 0, variance = 0, between = 0;
        Moments control = default, treatment = default;
        foreach (var (c, t) in usable)
        {
            var (controlMean, treatmentMean) = (Mean.Of(c), Mean.Of(t));
            if (!controlMean.IsDetermined) return controlMean.Reason;
            if (!treatmentMean.IsDetermined) return treatmentMean.Reason;
            var weight = (c.Count + t.Count) / total;
            value += weight * (t.Mean - c.Mean);
            variance += weight * weight * ((c.Variance / c.Count) + (t.Variance / t.Count));
            (control, treatment) = (control + c, treatment + t);
        }

        foreach (var (c, t) in usable) between += (c.Count + t.Count) / total * (t.Mean - c.Mean - value) * (t.Mean - c.Mean - value) / total;
        var (wholeControl, wholeTreatment) = (Mean.Of(control), Mean.Of(treatment));
        if (!wholeControl.TryGet(out var first) || !wholeTreatment.TryGet(out var second) || !double.IsFinite(variance + between)) return Reason.Overflow;
        var plain = Statistics.Effect.Absolute(first, second);
        return new PostStratification(new Estimate(value, variance, double.PositiveInfinity), between, usable.Count, dropped, plain);
    }

    private static bool Beyond(Moments moments) => Math.Abs(moments.Mean) > Check.LargestValue || moments.SquaredDeviations > 1e300;

    private static bool Usable((Moments Control, Moments Treatment) stratum) => stratum.Control.Count >= 2 && stratum.Treatment.Count >= 2;
}
