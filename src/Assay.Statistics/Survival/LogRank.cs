using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Whether an event comes at the same rate in two arms at every time (Mantel 1966).</summary>
/// <param name="Observed">Events of the treatment arm.</param>
/// <param name="Expected">Σ d·n_t/n: what they would be if the arms did not differ.</param>
/// <param name="Variance">Σ d·n_c n_t(n − d) ÷ (n²(n − 1)), hypergeometric.</param>
public sealed record LogRank(double Observed, double Expected, double Variance)
{
    /// <summary>(O − E) ÷ √V, positive when the treatment has more events than expected; undetermined when no event happened while both arms were followed.</summary>
    public Outcome<double> Z => Variance > 0 ? (Observed - Expected) / Math.Sqrt(Variance) : Reason.NoVariance;

    /// <summary>Z², χ² with one degree of freedom.</summary>
    public Outcome<double> ChiSquare => Z.Select(z => z * z);

    /// <summary>Two-sided.</summary>
    public Outcome<double> PValue => Z.Select(Normal.TwoSidedPValue);

    /// <summary>Compares two arms in O(n log n).</summary>
    /// <returns><see cref="Reason.NoUnits"/> when an arm is empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A time that is negative or not finite.</exception>
    public static Outcome<LogRank> Of(ReadOnlySpan<TimeToEvent> control, ReadOnlySpan<TimeToEvent> treatment)
    {
        var table = RiskTable.Of(control, treatment);
        if (control.IsEmpty || treatment.IsEmpty) return Reason.NoUnits;
        double observed = 0, expected = 0, variance = 0;
        foreach (var line in table)
        {
            double n = line.AtRisk, d = line.Events, share = line.TreatmentAtRisk / n;
            observed += line.TreatmentEvents;
            expected += d * share;
            if (n > 1) variance += d * share * (line.ControlAtRisk / n) * ((n - d) / (n - 1));
        }

        return new LogRank(observed, expected, variance);
    }
}
