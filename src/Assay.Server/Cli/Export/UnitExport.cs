using System.Text;
using Assay.Analysis.Measurement;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Cli.Export;

/// <summary>Writes the exposed units of an experiment as a scan comes to them; it holds a block of text and no unit.</summary>
internal sealed class UnitExport : IUnitVisitor
{
    private const int BlockLength = 64 * 1024;

    private readonly UnitMeasure _measure;
    private readonly IUnitFormat _format;
    private readonly TextWriter _target;
    private readonly StringBuilder _block = new(BlockLength + 4096);

    public UnitExport(UnitMeasure measure, IUnitFormat format, TextWriter target)
    {
        (_measure, _format, _target) = (measure, format, target);
        format.AppendHead(_block);
    }

    /// <summary>Units written, those of the holdout among them.</summary>
    public long Units { get; private set; }

    public void Visit(ScannedUnit unit)
    {
        if (unit.IsExcluded) return;
        if (_measure.Measure(unit.Exposures, unit.Events, unit.Covariates) is not { Arm: >= UnitMeasurement.Holdout } measured) return;
        Units++;
        _format.Append(_block, new ExportedUnit(unit.Number, unit.UserId, FirstExposure(unit.Exposures), measured));
        if (_block.Length >= BlockLength) Flush();
    }

    /// <summary>Writes what is left.</summary>
    public void Flush()
    {
        foreach (var chunk in _block.GetChunks()) _target.Write(chunk.Span);
        _block.Clear();
    }

    private static long? FirstExposure(ReadOnlySpan<ExposureRow> exposures)
    {
        long? first = null;
        foreach (var exposure in exposures)
            if (exposure.Variation >= 0 && (first is not { } known || exposure.At < known)) first = exposure.At;
        return first;
    }
}
