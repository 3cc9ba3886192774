using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>The tail of a walk at z against the one wanted, both on the normal scale: what a bound of a look is a root of.</summary>
internal readonly struct TailExcess(StoppedWalk walk, double wanted, bool above) : IFunction
{
    private readonly double _target = Normal.InverseSurvival(wanted);

    /// <summary>The z above, or below, which exactly this much probability of the walk lies.</summary>
    public static double Solve(StoppedWalk walk, double wanted, bool above)
    {
        var z = Roots.NearlyLinear(new TailExcess(walk, wanted, above), Normal.InverseSurvival(Math.Min(0.5, wanted)));
        return above ? z : -z;
    }

    /// <inheritdoc/>
    public double At(double x) => Math.Clamp(Normal.InverseSurvival(Math.Min(1, above ? walk.Above(x) : walk.Below(-x))) - _target, -1e6, 1e6);
}
