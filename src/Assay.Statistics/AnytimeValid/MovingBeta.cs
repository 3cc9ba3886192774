using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>The mixture martingale of one Bernoulli stream whose prior goes along with the proportion under test: Beta(κθ + a, κ(1 − θ) + b) against θ.</summary>
/// <param name="Concentration">κ &gt; 0, how many units the prior is worth.</param>
/// <param name="Successes">a &gt; 0; it moves the prior above θ.</param>
/// <param name="Failures">b &gt; 0; it moves the prior below θ.</param>
/// <remarks>
/// With A = κθ + a, B = κ(1 − θ) + b, x successes and y failures, ln M(θ) = ln B(A + x, B + y) − ln B(A, B) − x ln θ − y ln(1 − θ). Its derivative is
/// −Σ_{j&lt;x} (a + j) ÷ (θ(A + j)) + Σ_{j&lt;y} (b + j) ÷ ((1 − θ)(B + j)), every term of which rises with θ: ln M is convex in θ, whatever the counts.
/// </remarks>
internal readonly record struct MovingBeta(double Concentration, double Successes, double Failures)
{
    private const double Near = 0.3;

    /// <summary>ln M(θ) for 0 ≤ θ ≤ 1; +∞ where the counts are impossible.</summary>
    /// <remarks>Stirling's form of ln B about the prior's and the posterior's mean, in which nothing large is left to cancel.</remarks>
    public double LogEvidence(double theta, double successes, double count)
    {
        double x = successes, y = count - successes, rest = 1 - theta;
        if ((x > 0 && theta <= 0) || (y > 0 && rest <= 0)) return double.PositiveInfinity;
        double a = (Concentration * theta) + Successes, b = (Concentration * rest) + Failures, total = a + b, all = total + count;
        var surplus = theta <= 0.5 ? x - (count * theta) : (count * rest) - y;
        var lean = ((Successes * rest) - (Failures * theta)) / total;
        double prior = a / total, others = b / total;
        var data = Shift(x, theta, y, rest, ((total * lean) + surplus) / all, surplus / (theta * rest));
        var pull = Shift(a - 0.5, prior, b - 0.5, others, (surplus - (count * lean)) / all, (0.5 / others) - (0.5 / prior));
        return data + pull - (0.5 * Elementary.LogOnePlus(count / total)) + Rest(a, x) + Rest(b, y) - Rest(total, count);
    }

    /// <summary>The derivative of ln M: κ(ψ(A + x) − ψ(A) − ψ(B + y) + ψ(B)) − x/θ + y/(1 − θ).</summary>
    public double Slope(double theta, double successes, double count)
    {
        double x = successes, y = count - successes, rest = 1 - theta, slope = 0;
        if (x > 0) slope += (Concentration * Rise((Concentration * theta) + Successes, x)) - (x / theta);
        if (y > 0) slope += (y / rest) - (Concentration * Rise((Concentration * rest) + Failures, y));
        return slope;
    }

    /// <summary>up·ln(1 + m/share) + down·ln(1 − m/rest), given m's coefficient up/share − down/rest.</summary>
    private static double Shift(double up, double share, double down, double rest, double move, double coefficient)
    {
        if (up == 0) return down * Elementary.LogOnePlus(-move / rest);
        if (down == 0) return up * Elementary.LogOnePlus(move / share);
        double u = move / share, w = -move / rest;
        return Math.Abs(u) <= Near && Math.Abs(w) <= Near
            ? (up * Elementary.LogOnePlusLess(u)) + (down * Elementary.LogOnePlusLess(w)) + (move * coefficient)
            : (up * Elementary.LogOnePlus(u)) + (down * Elementary.LogOnePlus(w));
    }

    private static double Rest(double shape, double more) => more == 0 ? 0 : Remainder(shape + more) - Remainder(shape);

    /// <summary>Stirling's remainder, of a small argument by ln Γ: its relative digits are not needed here, and twelve logarithms are saved.</summary>
    private static double Remainder(double x) =>
        x >= 16 ? LogGamma.StirlingRemainder(x) : LogGamma.Of(x) - ((x - 0.5) * Math.Log(x)) + x - Elementary.HalfLnTwoPi;

    private static double Rise(double shape, double more) => Digamma.Of(shape + more) - Digamma.Of(shape);
}
