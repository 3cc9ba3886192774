using Assay.Analysis.Measurement;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Tests.Cli.Export;

/// <summary>Counts exposed units, and does something else when it has seen the first one.</summary>
internal sealed class UnitTally(Action meanwhile) : IUnitVisitor
{
    private bool _done;

    public int Units { get; private set; }

    public long Watermark { get; private set; }

    public IUnitVisitor Begin(UnitMeasure measure, long watermark)
    {
        Watermark = watermark;
        return this;
    }

    public void Visit(ScannedUnit unit)
    {
        if (!unit.Exposures.IsEmpty) Units++;
        if (!_done) meanwhile();
        _done = true;
    }
}
