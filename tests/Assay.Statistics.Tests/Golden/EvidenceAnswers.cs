namespace Assay.Statistics.Tests;

internal static class EvidenceAnswers
{
    public static object AnytimeT(Given g)
    {
        double nu = g.Number("nu"), phi = g.Number("phi"), m = g.Number("m");
        var evidence = Statistics.AnytimeT.LogEvidence(g.Number("t"), nu, phi, m);
        return new { ln_e = evidence, p_value = Math.Min(1, Math.Exp(-evidence)), t_radius = Statistics.AnytimeT.Radius(nu, phi, m, g.Number("alpha")) };
    }

    public static object Bernoulli(Given g)
    {
        long x = g.Count("x"), n = g.Count("n");
        var alpha = g.Number("alpha");
        var isFixed = g.Text("prior") is "fixed";
        var interval = isFixed
            ? BernoulliSequence.Interval(x, n, alpha, g.Number("a0"), g.Number("b0"))
            : BernoulliSequence.TunedInterval(x, n, alpha, g.Number("t_opt"), g.Number("alpha_opt"));
        return new
        {
            lower = interval.Lower,
            upper = interval.Upper,
            p_value_null = isFixed && g.Has("p0") ? Math.Min(1, Math.Exp(-BernoulliSequence.LogEvidence(x, n, g.Number("p0"), g.Number("a0"), g.Number("b0")))) : (double?)null,
        };
    }

    public static object TwoSample(Given g)
    {
        var process = new TwoSampleSequence(g.Number("gamma", TwoSampleSequence.DefaultPrior));
        long[] ya = g.Counts("y_a"), na = g.Counts("n_a"), yb = g.Counts("y_b"), nb = g.Counts("n_b");
        var path = new List<TwoSampleSequence>();
        for (var j = 0; j < ya.Length; j++) path.Add(process = process.After(ya[j], na[j], yb[j], nb[j]));
        return new { running_ln_e = path.Select(p => p.LogEvidence), running_p = AnytimeAnswers.Running(path.Select(p => p.PValue), Math.Min) };
    }

    public static object Evidence(Given g)
    {
        switch (g.Text("op"))
        {
            case "calibrate":
                var p = g.Number("p");
                return new { kappa = EValues.Calibrate(p, g.Number("kappa", 0.5)), shafer = EValues.CalibrateByShafer(p), mixture = EValues.CalibrateByMixture(p) };
            case "to_p":
                return new { p = EValues.ToPValue(g.Number("e")) };
            case "merge":
                return new { mean = EValues.Average(g.Numbers("e")), product = EValues.Product(g.Numbers("e")) };
            default:
                var adjusted = EValues.BenjaminiHochberg(g.Numbers("e"));
                return new { adjusted_p = adjusted, rejected = adjusted.Rejected(g.Number("alpha")) };
        }
    }

    public static object Stitched(Given g) => new
    {
        bound = g.Text("op") is "poly"
            ? StitchedBoundary.Polynomial(g.Number("v"), g.Number("alpha"), g.Number("v_min"), g.Number("c"), g.Number("s"), g.Number("eta"))
            : StitchedBoundary.Quantile(g.Number("t"), g.Number("p"), g.Number("alpha"), g.Number("t_opt"), g.Number("delta"), g.Number("s"), g.Number("eta")),
    };
}
