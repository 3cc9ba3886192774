using System.Collections.Immutable;

namespace Assay.Server.Storage.Commits;

/// <summary>Who is excluded from what at one commit; never changed.</summary>
internal sealed class ExcludedUnits
{
    /// <summary>Stands for every experiment, those to come among them.</summary>
    public const int FromAll = 0;

    private readonly ImmutableHashSet<(long Unit, int Experiment)> _units;

    private ExcludedUnits(long watermark, ImmutableHashSet<(long, int)> units) => (Watermark, _units) = (watermark, units);

    public static ExcludedUnits None { get; } = new(0, []);

    /// <summary>The last commit that made or lifted an exclusion.</summary>
    public long Watermark { get; }

    /// <summary>Whether the unit contributes nothing to the experiment.</summary>
    public bool Excludes(long unit, int experiment) => !_units.IsEmpty && (_units.Contains((unit, FromAll)) || _units.Contains((unit, experiment)));

    /// <summary>Whether this very exclusion is in force.</summary>
    public bool Holds(long unit, int experiment) => _units.Contains((unit, experiment));

    /// <summary>Who is excluded after a commit.</summary>
    public ExcludedUnits With(long watermark, IEnumerable<ExclusionChange> changes)
    {
        var units = _units.ToBuilder();
        foreach (var change in changes)
        {
            if (change.IsLifting) units.Remove((change.Unit, change.Experiment));
            else units.Add((change.Unit, change.Experiment));
        }

        return new ExcludedUnits(watermark, units.ToImmutable());
    }
}

/// <summary>An exclusion that is made or lifted.</summary>
/// <param name="Experiment">Its number, or <see cref="ExcludedUnits.FromAll"/>.</param>
internal readonly record struct ExclusionChange(long Unit, int Experiment, bool IsLifting, string? Reason = null);
