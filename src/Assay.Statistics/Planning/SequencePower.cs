namespace Assay.Statistics;

/// <summary>The exact chance that a <see cref="TwoProportionSequence"/> excludes no difference in one look, by summing over the counts of both arms.</summary>
internal static class SequencePower
{
    private const double Negligible = 1e-16;

    /// <summary>On the side of the treatment, with ln E(0) at control and treatment successes against a limit: the treatment's critical count rises with the control's, so that each is met once.</summary>
    public static double Above(Func<long, long, double> evidence, double limit, double controlRate, long controlSize, double treatmentRate, long treatmentSize)
    {
        var control = Masses(controlSize, controlRate);
        var treatment = Masses(treatmentSize, treatmentRate);
        var tail = Tail(treatment.Values);
        double power = 0;
        long critical = 0;
        for (var i = 0; i < control.Values.Length; i++)
        {
            var successes = control.First + i;
            // Below the treatment's first count that matters nothing more is counted.
            critical = Math.Max(Math.Max(critical, treatment.First), (long)(successes * ((double)treatmentSize / controlSize)));
            while (critical <= treatmentSize && critical < treatment.First + tail.Length && !(evidence(successes, critical) >= limit)) critical++;
            if (critical < treatment.First + tail.Length) power += control.Values[i] * tail[Math.Max(0, critical - treatment.First)];
        }

        // A certain power is a sum of masses, each with its rounding.
        return Math.Min(1, power);
    }

    /// <summary>The binomial probabilities that matter, outward from the mode by their ratio p(k + 1)/p(k) = (n − k)p ÷ ((k + 1)q).</summary>
    private static (long First, double[] Values) Masses(long count, double rate)
    {
        var mode = Math.Min(count, (long)((count + 1) * rate));
        List<double> below = [], above = [];
        var odds = rate / (1 - rate);
        double mass = 1;
        for (var k = mode; k > 0 && (mass *= k / ((count - k + 1) * odds)) > Negligible; k--) below.Add(mass);
        mass = 1;
        for (var k = mode; k < count && (mass *= (count - k) * odds / (k + 1)) > Negligible; k++) above.Add(mass);
        below.Reverse();
        double[] values = [.. below, 1, .. above];
        var total = values.Sum();
        return (mode - below.Count, Array.ConvertAll(values, value => value / total));
    }

    private static double[] Tail(double[] masses)
    {
        var tail = (double[])masses.Clone();
        for (var i = tail.Length - 2; i >= 0; i--) tail[i] += tail[i + 1];
        return tail;
    }
}
