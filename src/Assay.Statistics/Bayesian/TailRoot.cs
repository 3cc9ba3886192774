using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Where an upper tail is a given small probability: never by a complement.</summary>
internal static class TailRoot
{
    /// <summary>What the last step of Newton's may be, over the deviation or what is left beyond, whichever is shorter: the error left is of the order of its square.</summary>
    private const double LastStep = 1e-6;

    /// <summary>ln of the probability there is as near as this to the one wanted, since the last step is a part of LastStep of what changes it by one.</summary>
    private const double NearTarget = 1e-3;

    /// <summary>Where steps of Newton's do not shrink, the bracket may end.</summary>
    private const double LastBracket = 1e-15;

    /// <summary>x with P(beyond x) = p ≤ ½ between two points, by Newton's method on the normal scale, where most tails are nearly a line, kept in a bracket.</summary>
    public static double Find<TTail>(TTail tail, double p, double guess, double deviation, double low, double high)
        where TTail : struct, IUpperTail
    {
        double target = Math.Log(p), normal = Normal.InverseSurvival(p), x = guess > low && guess < high ? guess : 0.5 * (low + high), before = high - low, last = before;
        while (true)
        {
            var (log, density) = tail.Logs(x);
            if (log > target) low = x; else high = x;
            var step = Step(log, density);
            var next = x + step;
            // As Newton's steps should at least halve every other time. Where the tail is 1 but for a few digits a step is short and the root may be far.
            var isSmall = Math.Abs(step) <= LastStep * Math.Min(deviation, Math.Exp(log - density));
            if (!(next > low && next < high && Math.Abs(step) <= 0.5 * before) || (isSmall && Math.Abs(log - target) > NearTarget)) next = 0.5 * (low + high);
            else if (isSmall) return next;
            if (high - low <= LastBracket * deviation || next == x || !(next > low && next < high)) return next;
            (before, last) = (last, Math.Abs(next - x));
            x = next;
        }

        double Step(double log, double density)
        {
            // NaN, no step, where both are nothing.
            if (log < -650) return (log - target) * Math.Exp(log - density);
            var z = Normal.InverseSurvival(Math.Min(1, Math.Exp(log)));
            return (normal - z) * Normal.Density(z) / Math.Exp(density);
        }
    }
}

/// <summary>An upper tail that falls from 1 to 0, and the density that it falls by, as logarithms.</summary>
internal interface IUpperTail
{
    /// <summary>ln P(beyond this) and ln of the density here.</summary>
    (double Tail, double Density) Logs(double at);
}
