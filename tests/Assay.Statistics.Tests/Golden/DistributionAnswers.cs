namespace Assay.Statistics.Tests;

internal static class DistributionAnswers
{
    public static object Normal(Given g) => new
    {
        value = g.Text("op") switch
        {
            "cdf" => Distributions.Normal.Cdf(g.Number("x")),
            "sf" => Distributions.Normal.Survival(g.Number("x")),
            "ln_sf" => Distributions.Normal.LogSurvival(g.Number("x")),
            "quantile" => Distributions.Normal.Quantile(g.Number("p")),
            "quantile_upper" => Distributions.Normal.InverseSurvival(g.Number("q")),
            "pdf" => Distributions.Normal.Density(g.Number("x")),
            var op => throw new NotSupportedException(op),
        },
    };

    public static object StudentT(Given g) => new
    {
        value = g.Text("op") switch
        {
            "cdf" => Distributions.StudentT.Cdf(g.Number("t"), g.Number("df")),
            "sf" => Distributions.StudentT.Survival(g.Number("t"), g.Number("df")),
            "two_sided_p" => Distributions.StudentT.TwoSidedPValue(g.Number("t"), g.Number("df")),
            "quantile" => Distributions.StudentT.Quantile(g.Number("p"), g.Number("df")),
            "quantile_upper" => Distributions.StudentT.InverseSurvival(g.Number("q"), g.Number("df")),
            var op => throw new NotSupportedException(op),
        },
    };

    public static object ChiSquared(Given g) => new
    {
        value = g.Text("op") switch
        {
            "cdf" => Distributions.ChiSquared.Cdf(g.Number("x"), g.Number("df")),
            "sf" => Distributions.ChiSquared.Survival(g.Number("x"), g.Number("df")),
            "ln_sf" => Distributions.ChiSquared.LogSurvival(g.Number("x"), g.Number("df")),
            "quantile_upper" => Distributions.ChiSquared.InverseSurvival(g.Number("q"), g.Number("df")),
            var op => throw new NotSupportedException(op),
        },
    };

    public static object Beta(Given g)
    {
        double a = g.Number("a"), b = g.Number("b");
        return new
        {
            value = g.Text("op") switch
            {
                "cdf" => Distributions.Beta.Cdf(g.Number("x"), a, b),
                "sf" => Distributions.Beta.Survival(g.Number("x"), a, b),
                "quantile" => Distributions.Beta.Quantile(g.Number("p"), a, b),
                "ln_pdf" => Distributions.Beta.LogDensity(g.Number("x"), a, b),
                var op => throw new NotSupportedException(op),
            },
        };
    }
}
