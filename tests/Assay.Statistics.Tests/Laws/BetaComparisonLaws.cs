using CsCheck;

namespace Assay.Statistics.Tests;

/// <summary>Two Beta variables on a lattice or by finite sums, and by integrals for any shapes: two ways that share no step.</summary>
public sealed class BetaComparisonLaws
{
    private static readonly Gen<double> Shape = Gen.Double[1, 4].Select(exponent => Math.Pow(10, exponent));
    private static readonly Gen<double> SmallShape = Gen.Double[-1, 1.5].Select(exponent => Math.Pow(10, exponent));

    /// <summary>Two rates within 12 standard errors of each other, arms of up to ten million units and of up to tenfold size.</summary>
    private static readonly Gen<(BetaShapes A, BetaShapes B)> Rates =
        Gen.Select(Gen.Double[2, 7], Gen.Double[-1, 1], Gen.Double[-3, -0.02], Gen.Double[-12, 12], Gen.Bool).Select((units, size, rate, distance, mirrored) =>
        {
            double n = Math.Pow(10, units), m = n * Math.Pow(10, size), p = Math.Pow(10, rate);
            var q = Math.Clamp(p + (distance * Math.Sqrt(p * (1 - p) * ((1 / n) + (1 / m)))), 0.1 * p, 1 - (0.1 * (1 - p)));
            BetaShapes a = new(1 + (n * p), 1 + (n * (1 - p))), b = new(1 + (m * q), 1 + (m * (1 - q)));
            return mirrored ? (a.Mirror(), b.Mirror()) : (a, b);
        });

    private static readonly Gen<(BetaShapes A, BetaShapes B)> Shapes = Gen.Select(Shape, Shape, Shape, Shape).Select((a, b, c, d) => (new BetaShapes(a, b), new BetaShapes(c, d)));

    [Fact]
    public void Rates_have_the_probabilities_and_losses_of_the_integrals() => Rates.Sample(Agrees, iter: 300);

    [Fact]
    public void Any_shapes_have_the_probabilities_and_losses_of_the_integrals() => Shapes.Sample(Agrees, iter: 200);

    [Fact]
    public void Shapes_on_either_side_of_the_border_agree() =>
        Gen.Select(Gen.Double[8, 13], Gen.Double[8, 13], Shape, Shape).Sample((a, b, c, d) => Agrees((new BetaShapes(a, c), new BetaShapes(b, d))), iter: 100);

    [Fact]
    public void Small_shapes_are_left_to_the_integrals() =>
        Gen.Select(SmallShape, SmallShape, SmallShape, SmallShape).Where((a, b, c, d) => Math.Min(Math.Min(a, b), Math.Min(c, d)) < 10)
            .Sample((a, b, c, d) => !LatticeTail.TryOf(new BetaShapes(a, b), new BetaShapes(c, d), 0, out _));

    [Fact]
    public void Most_rates_are_served_by_the_lattice()
    {
        var served = 0;
        Rates.Sample(pair => served += Tail(pair) is null ? 0 : 1, iter: 2_000, threads: 1);
        Assert.InRange(served, 1_400, 2_000);
    }

    [Fact]
    public void Ends_found_on_the_lattice_have_half_of_alpha_beyond_by_the_tail_of_any_shapes() =>
        Gen.Select(Rates, Gen.Double[-9, -0.05]).Sample((pair, exponent) =>
        {
            double alpha = Math.Pow(10, exponent), log = Math.Log(alpha / 2);
            var ends = Comparison(pair).Describe(alpha).Credible;
            return Math.Abs(DifferenceTail.Logs(pair.A, pair.B, -ends.Lower).Tail - log) < 1e-8 && Math.Abs(DifferenceTail.Logs(pair.B, pair.A, ends.Upper).Tail - log) < 1e-8;
        }, iter: 200);

    [Fact]
    public void A_probability_of_1e_300_has_its_digits()
    {
        // Far out both ways must agree although no probability near 1 is left to subtract from.
        var pair = (new BetaShapes(50_001, 950_001), new BetaShapes(62_050, 937_952));
        var (above, below) = Comparison(pair).Probabilities();
        Assert.InRange(below, 1e-304, 1e-290);
        Assert.Equal(1, above);
        Assert.True(Near(below, Math.Exp(DifferenceTail.Logs(pair.Item1, pair.Item2, 0).Tail), 1e-9));
    }

    [Fact]
    public void Few_conversions_have_the_probabilities_and_losses_of_the_integrals() =>
        Gen.Select(Gen.Int[1, 16], Gen.Double[0, 9], SmallShape, Gen.Double[0, 9], Gen.Bool).Sample((a, b, c, d, mirrored) =>
        {
            BetaShapes x = new(a, Math.Pow(10, b)), y = new(c, Math.Pow(10, d));
            if (mirrored) (x, y) = (y.Mirror(), x.Mirror());
            return Agrees((x, y)) && Agrees((y, x));
        }, iter: 200);

    private static bool Agrees((BetaShapes A, BetaShapes B) pair)
    {
        var comparison = Comparison(pair);
        var (above, below) = comparison.Probabilities();
        var (control, treatment) = comparison.Losses();
        // The larger loss is the smaller one and the difference of the means.
        double uplift = comparison.Uplift, smaller = uplift >= 0 ? ExcessIntegral.Of(pair.A, pair.B) : ExcessIntegral.Of(pair.B, pair.A);
        // The smaller probability by its integral, whose larger side is known to 1e-9 only where a shape is below 1; the larger is its complement.
        var integral = Math.Exp((above <= below ? DifferenceTail.Logs(pair.B, pair.A, 0) : DifferenceTail.Logs(pair.A, pair.B, 0)).Tail);
        return Near(Math.Min(above, below), integral) && Near(above + below, 1, 1e-15)
            && Near(control, smaller + Math.Max(0, uplift)) && Near(treatment, smaller + Math.Max(0, -uplift));
    }

    private static LatticeTail? Tail((BetaShapes A, BetaShapes B) pair) =>
        (Comparison(pair).Uplift >= 0 ? LatticeTail.TryOf(pair.A, pair.B, 0, out var tail) : LatticeTail.TryOf(pair.B, pair.A, 0, out tail)) ? tail : null;

    private static BetaComparison Comparison((BetaShapes A, BetaShapes B) pair) => new(pair.A.A, pair.A.B, pair.B.A, pair.B.B);

    private static bool Near(double got, double expected, double relative = 1e-10) => Math.Abs(got - expected) <= (relative * expected) + 1e-300;
}
