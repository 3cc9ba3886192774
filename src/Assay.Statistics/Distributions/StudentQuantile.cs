namespace Assay.Statistics.Distributions;

/// <summary>Student's upper quantile, by Halley's method on ln P(T &gt; t) over ln t, where the tail is concave and far out a line.</summary>
internal static class StudentQuantile
{
    /// <summary>A step as small as this leaves its cube.</summary>
    private const double Settled = 1e-5;

    /// <summary>t with P(T &gt; t) = q for q in (0, 0.4].</summary>
    public static double Upper(double q, double degreesOfFreedom)
    {
        double target = Math.Log(q), log = Math.Log(Guess(q, degreesOfFreedom)), constant = -(0.5 * Math.Log(degreesOfFreedom)) - LogGamma.Beta(degreesOfFreedom / 2, 0.5);
        for (var i = 0; i < 40; i++)
        {
            double t = Math.Exp(log), survival = StudentT.LogSurvival(t, degreesOfFreedom);
            // t times the hazard: the slope of −ln P over ln t.
            var slope = Math.Exp(log + constant - (0.5 * (degreesOfFreedom + 1) * Elementary.LogOnePlus(t * t / degreesOfFreedom)) - survival);
            var newton = (survival - target) / slope;
            var bend = 1 + slope - ((degreesOfFreedom + 1) / (1 + (degreesOfFreedom / t / t)));
            var step = newton / Math.Max(0.5, 1 + (0.5 * newton * bend));
            if (!double.IsFinite(step)) break;
            log += step;
            if (Math.Abs(step) < Settled) return Math.Exp(log);
        }

        // So far out that t or its density is no double.
        return Math.Exp(Roots.Monotone(new Excess(target, degreesOfFreedom), Math.Log(Guess(q, degreesOfFreedom)), 0.05));
    }

    /// <summary>Fisher's expansion about the normal quantile (Abramowitz &amp; Stegun 26.7.5), or the power that the far tail is.</summary>
    private static double Guess(double q, double degreesOfFreedom)
    {
        double z = Normal.InverseSurvival(q), square = z * z;
        if (square > degreesOfFreedom || degreesOfFreedom < 1) return Math.Exp((0.5 * Math.Log(degreesOfFreedom)) - ((Math.Log(q) + Math.Log(degreesOfFreedom) + LogGamma.Beta(degreesOfFreedom / 2, 0.5)) / degreesOfFreedom));
        var first = z * (square + 1) / 4;
        var second = z * ((((5 * square) + 16) * square) + 3) / 96;
        var third = z * ((((((3 * square) + 19) * square) + 17) * square) - 15) / 384;
        return z + ((first + ((second + (third / degreesOfFreedom)) / degreesOfFreedom)) / degreesOfFreedom);
    }

    private readonly struct Excess(double target, double degreesOfFreedom) : IFunction
    {
        public double At(double log) => StudentT.LogSurvival(Math.Exp(log), degreesOfFreedom) - target;
    }
}
