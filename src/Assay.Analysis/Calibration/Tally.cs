using Assay.Statistics.Distributions;

namespace Assay.Analysis.Calibration;

/// <summary>What the runs of a simulation answered to one study: yes or no as 1 or 0, or a quantity.</summary>
internal sealed class Tally
{
    private readonly List<double>? _values;

    /// <param name="keepsValues">Whether single answers are kept, for a study of their distribution.</param>
    public Tally(bool keepsValues) => _values = keepsValues ? [] : null;

    /// <summary>Runs that had an answer.</summary>
    public long Count { get; private set; }

    /// <summary>Σ answers: how many said yes.</summary>
    public double Sum { get; private set; }

    public double SumOfSquares { get; private set; }

    public IReadOnlyList<double> Values => _values ?? [];

    public double Mean => Sum / Count;

    /// <summary>Monte Carlo standard error of the mean.</summary>
    public double StandardError => Math.Sqrt(Math.Max(0, (SumOfSquares / Count) - (Mean * Mean)) / Count);

    /// <summary>So many runs that said yes, of so many.</summary>
    public static Tally Of(long yes, long runs) => new(keepsValues: false) { Count = runs, Sum = yes, SumOfSquares = yes };

    /// <summary>NaN is a run without an answer.</summary>
    public void Add(double answer)
    {
        if (double.IsNaN(answer)) return;
        Count++;
        Sum += answer;
        SumOfSquares += answer * answer;
        _values?.Add(answer);
    }

    /// <summary>Adds later runs; in a fixed order, so that sums do not depend on how runs were shared out.</summary>
    public void Add(Tally later)
    {
        Count += later.Count;
        Sum += later.Sum;
        SumOfSquares += later.SumOfSquares;
        _values?.AddRange(later.Values);
    }

    /// <summary>P(at least as many yes | rate), exact binomial.</summary>
    public double ChanceOfSoMany(double rate) => Sum <= 0 || rate >= 1 ? 1 : rate <= 0 ? 0 : Beta.Cdf(rate, Sum, Count - Sum + 1);

    /// <summary>P(at most as many yes | rate), exact binomial.</summary>
    public double ChanceOfSoFew(double rate) => Sum >= Count || rate <= 0 ? 1 : rate >= 1 ? 0 : Beta.Survival(rate, Sum + 1, Count - Sum);
}
