using System.Runtime.InteropServices;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>Every stored row of the unit that a scan has come to.</summary>
internal sealed class ScannedUnit
{
    private readonly List<ExposureRow> _exposures = [];
    private readonly List<EventRow> _events = [];
    private readonly List<CovariateRow> _covariates = [];

    /// <summary>The unit's number in this storage.</summary>
    public long Number { get; private set; }

    /// <summary>Who it is: told of exposed units only, and only by a scan that asks; null also where it has been erased.</summary>
    public string? UserId { get; set; }

    /// <summary>Whether it contributes nothing to the experiment: its rows are there all the same.</summary>
    public bool IsExcluded { get; set; }

    public ReadOnlySpan<ExposureRow> Exposures => CollectionsMarshal.AsSpan(_exposures);

    public ReadOnlySpan<EventRow> Events => CollectionsMarshal.AsSpan(_events);

    public ReadOnlySpan<CovariateRow> Covariates => CollectionsMarshal.AsSpan(_covariates);

    /// <summary>Goes on to another unit, whose rows are not known yet.</summary>
    public void Begin(long number)
    {
        Number = number;
        UserId = null;
        IsExcluded = false;
        _exposures.Clear();
        _events.Clear();
        _covariates.Clear();
    }

    public void Add(in ExposureRow row) => _exposures.Add(row);

    public void Add(in EventRow row) => _events.Add(row);

    public void Add(in CovariateRow row) => _covariates.Add(row);
}
