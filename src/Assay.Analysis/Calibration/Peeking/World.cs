using Assay.Analysis.Calibration.Chance;

namespace Assay.Analysis.Calibration.Peeking;

/// <summary>A population without an effect, seen again and again while it grows.</summary>
internal abstract class World
{
    /// <summary>Moments at which it is seen.</summary>
    public const int Ticks = 1000;

    public abstract string Key { get; }

    /// <summary>What is simulated, in a sentence.</summary>
    public abstract string Sentence { get; }

    /// <summary>Planned units of an arm.</summary>
    public abstract double PlannedUnits { get; }

    /// <summary>Variance of a unit as a plan would declare it: the truth.</summary>
    public abstract double UnitVariance { get; }

    /// <summary>Runs at factor 1.</summary>
    public virtual int Runs => 20_000;

    /// <summary>One course of it.</summary>
    public abstract IEnumerable<Sight> Unfold(Draws draws);
}
