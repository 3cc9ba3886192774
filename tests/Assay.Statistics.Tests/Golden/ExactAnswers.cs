using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests;

internal static class ExactAnswers
{
    public static object Binomial(Given g)
    {
        long x = g.Count("x"), n = g.Count("n");
        var test = BinomialTest.Of(x, n, g.Number("p0"));
        var interval = BinomialTest.ClopperPearson(x, n, g.Number("alpha", 0.05));
        return new { p_value = test.PValue, p_less = test.Less, p_greater = test.Greater, estimate = (double)x / n, cp_lower = interval.Lower, cp_upper = interval.Upper };
    }

    public static object Fisher(Given g)
    {
        long xa = g.Count("x_a"), na = g.Count("n_a"), xb = g.Count("x_b"), nb = g.Count("n_b");
        var test = FisherTest.Of(xa, na, xb, nb);
        double top = (double)xb * (na - xa), bottom = (double)xa * (nb - xb);
        return new
        {
            p_two_sided = test.Number(t => t.PValue),
            p_greater = test.Number(t => t.Greater),
            p_less = test.Number(t => t.Less),
            mid_p_two_sided = test.Number(t => t.MidPValue),
            odds_ratio_sample = top / bottom,
            odds_ratio_cmle = test.Number(t => t.OddsRatio),
        };
    }

    public static object Poisson(Given g)
    {
        long xa = g.Count("x_a"), xb = g.Count("x_b");
        double ta = g.Number("t_a"), tb = g.Number("t_b"), alpha = g.Number("alpha");
        var test = PoissonRates.Of(xa, ta, xb, tb, alpha);
        var wald = PoissonRates.LogRatio(xa, ta, xb, tb).SelectMany(log => FixedHorizon.Infer(log, alpha));
        return new
        {
            rr = test.RateRatio,
            p_exact = test.PValue,
            rr_lower_exact = test.Exact.Lower,
            rr_upper_exact = test.Exact.Upper,
            z_sqrt = test.StandardisedRoot,
            rr_lower_wald = wald.Number(t => Math.Exp(t.Interval.Lower)),
            rr_upper_wald = wald.Number(t => Math.Exp(t.Interval.Upper)),
            p_wald = wald.Number(t => t.PValue),
        };
    }

    public static object Table(Given g)
    {
        long[][] table = [.. g.Rows("table").Select(row => row.Select(cell => (long)cell).ToArray())];
        var test = Contingency.Of(table);
        var trend = table.Length == 2 ? Contingency.Trend(table[0], table[1]).Number(z => z) : null;
        return new
        {
            chi_square = test.Number(t => t.ChiSquare),
            df = test.IsDetermined ? test.Value.DegreesOfFreedom : (int?)null,
            p_value = test.Number(t => t.PValue),
            g_statistic = test.Number(t => t.LikelihoodRatio),
            p_value_g = test.Number(t => t.LikelihoodPValue),
            cramers_v = test.Number(t => t.CramersV),
            min_expected = test.Number(t => t.MinimumExpected),
            trend_z = trend,
            trend_p = trend is { } z ? Normal.TwoSidedPValue(z) : (double?)null,
        };
    }
}
