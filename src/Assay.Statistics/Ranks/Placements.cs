namespace Assay.Statistics;

/// <summary>What one walk through two sorted arms counts, in integers: a value's placement is the number of the other arm's values below it, plus half of those equal.</summary>
/// <param name="TwiceWins">2U.</param>
/// <param name="HasTies">Whether any value occurs twice, in either arm or both.</param>
/// <param name="RankSpread">N³ − N − Σ(τ³ − τ), twelve times the centred sum of squares of the mid-ranks.</param>
/// <param name="ControlVariance">Sample variance of the control's placements; NaN below two values.</param>
/// <param name="TreatmentVariance">Sample variance of the treatment's placements.</param>
internal readonly record struct Placements(long TwiceWins, bool HasTies, Int128 RankSpread, double ControlVariance, double TreatmentVariance)
{
    public static Placements Of(ReadOnlySpan<double> control, ReadOnlySpan<double> treatment)
    {
        Sums forControl = default, forTreatment = default;
        Int128 total = control.Length + (long)treatment.Length, spread = Cube(total);
        var ties = false;
        for (int c = 0, t = 0; c < control.Length || t < treatment.Length;)
        {
            var value = t == treatment.Length || (c < control.Length && control[c] <= treatment[t]) ? control[c] : treatment[t];
            int c0 = c, t0 = t;
            while (c < control.Length && control[c] == value) c++;
            while (t < treatment.Length && treatment[t] == value) t++;
            var tied = (c - c0) + (long)(t - t0);
            ties |= tied > 1;
            spread -= Cube(tied);
            forControl.Add(c - c0, (long)t0 + t);
            forTreatment.Add(t - t0, (long)c0 + c);
        }

        return new Placements((long)forTreatment.Sum, ties, spread, forControl.Variance, forTreatment.Variance);

        static Int128 Cube(Int128 n) => (n * n * n) - n;
    }

    /// <summary>Exact sums of twice the placements and of their squares.</summary>
    private struct Sums
    {
        private long _count;
        private Int128 _squares;

        public Int128 Sum { get; private set; }

        public readonly double Variance => _count < 2 ? double.NaN : (double)((_count * _squares) - (Sum * Sum)) / _count / (_count - 1) / 4;

        public void Add(long count, long twice)
        {
            _count += count;
            Sum += (Int128)count * twice;
            _squares += (Int128)count * twice * twice;
        }
    }
}
