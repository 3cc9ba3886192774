using System.Runtime.InteropServices;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>A unit's rows in one experiment.</summary>
internal sealed class UnitInView(ViewDraft view)
{
    private readonly List<ExposureRow> _exposures = [];
    private readonly List<long?> _clientTimes = [];
    private readonly List<CovariateRow> _covariates = [];
    private int _storedExposures;
    private int _storedCovariates;

    public ViewDraft View { get; private set; } = view;

    /// <summary>Whether new rows concern the experiment.</summary>
    public bool IsTouched { get; set; }

    /// <summary>What the unit's events come to, once the commit has measured them.</summary>
    public UnitTally? Tally { get; set; }

    /// <summary>A tally of a commit before, to be used again.</summary>
    public UnitTally? Spare { get; private set; }

    public ReadOnlySpan<ExposureRow> Exposures => CollectionsMarshal.AsSpan(_exposures);

    public ReadOnlySpan<ExposureRow> StoredExposures => Exposures[.._storedExposures];

    public ReadOnlySpan<CovariateRow> Covariates => CollectionsMarshal.AsSpan(_covariates);

    public ReadOnlySpan<CovariateRow> StoredCovariates => Covariates[.._storedCovariates];

    /// <summary>Becomes the rows in another experiment, of which there are none yet.</summary>
    public void Begin(ViewDraft view) => View = view;

    /// <summary>The commit is over: nothing is kept but the room that it took, and no tally that holds attributes.</summary>
    public void Forget()
    {
        View = null!;
        if (Tally is not null) Spare = Tally.First is null or { Attributes: null } ? Tally : null;
        (IsTouched, Tally, _storedExposures, _storedCovariates) = (false, null, 0, 0);
        _exposures.Clear();
        _clientTimes.Clear();
        _covariates.Clear();
    }

    public void Add(in ExposureRow row, long? clientAt)
    {
        _exposures.Add(row);
        _clientTimes.Add(clientAt);
    }

    public void Add(in CovariateRow row) => _covariates.Add(row);

    public void MarkStored()
    {
        _storedExposures = _exposures.Count;
        _storedCovariates = _covariates.Count;
    }

    /// <summary>Whether an exposure without an id says nothing new: the client's own repetition, or neither an earlier first time nor another arm.</summary>
    /// <remarks>At the first time itself a lower variation is news, since it would decide the arm.</remarks>
    public bool Repeats(ExposureItem item)
    {
        var (seenVariation, first, firstInArms) = (false, long.MaxValue, (At: long.MaxValue, Variation: int.MaxValue));
        for (var i = 0; i < _exposures.Count; i++)
        {
            var row = _exposures[i];
            if (row.Variation == item.Variation)
            {
                if (item.ClientAt is { } client && client == _clientTimes[i]) return true;
                seenVariation = true;
            }

            first = Math.Min(first, row.At);
            if (row.Variation >= 0 && (row.At, row.Variation).CompareTo(firstInArms) < 0) firstInArms = (row.At, row.Variation);
        }

        var isEarlier = item.At < first || (item.Variation >= 0 && (item.At, item.Variation).CompareTo(firstInArms) < 0);
        return seenVariation && !isEarlier;
    }

    /// <summary>The value already kept for a covariate.</summary>
    public double? CovariateOf(string name)
    {
        foreach (var row in _covariates)
            if (row.Covariate == name) return row.Value;
        return null;
    }
}
