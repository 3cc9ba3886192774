using System.Runtime.InteropServices;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>Every stored row of the unit, or the person of several units, that a scan has come to.</summary>
internal sealed class ScannedUnit
{
    private readonly List<ExposureRow> _exposures = [];
    private readonly List<EventRow> _events = [];
    private readonly PersonCovariates _covariates = new();

    /// <summary>The unit's number in this storage; of a person that of the unit that gives its name.</summary>
    public long Number { get; private set; }

    /// <summary>Who it is: told of exposed units only, and only by a scan that asks; null also where it has been erased.</summary>
    public string? UserId { get; set; }

    /// <summary>Of a person of several units, whose rows are added; null for the unit that gives the person its name.</summary>
    public string? Member { get; set; }

    /// <summary>Whether it contributes nothing to the experiment: its rows are there all the same.</summary>
    public bool IsExcluded { get; set; }

    public ReadOnlySpan<ExposureRow> Exposures => CollectionsMarshal.AsSpan(_exposures);

    public ReadOnlySpan<EventRow> Events => CollectionsMarshal.AsSpan(_events);

    public ReadOnlySpan<CovariateRow> Covariates => _covariates.Rows;

    /// <summary>Goes on to another unit, whose rows are not known yet.</summary>
    public void Begin(long number)
    {
        Number = number;
        UserId = null;
        Member = null;
        IsExcluded = false;
        _exposures.Clear();
        _events.Clear();
        _covariates.Clear();
    }

    public void Add(in ExposureRow row) => _exposures.Add(row);

    public void Add(in EventRow row) => _events.Add(row);

    public void Add(in CovariateRow row) => _covariates.Add(Member, row);
}
