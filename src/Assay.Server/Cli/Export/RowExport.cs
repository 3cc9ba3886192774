using System.Text;
using Assay.Server.Storage;

namespace Assay.Server.Cli.Export;

/// <summary>Writes stored rows as a reading comes to them; it holds a block of text and no row.</summary>
internal sealed class RowExport
{
    private const int BlockLength = 64 * 1024;

    private readonly RowLines _lines;
    private readonly TextWriter _target;
    private readonly StringBuilder _block = new(BlockLength + 4096);

    public RowExport(RowLines lines, TextWriter target)
    {
        (_lines, _target) = (lines, target);
        lines.AppendHead(_block);
    }

    public long Rows { get; private set; }

    public void Show(StoredRow row)
    {
        Rows++;
        _lines.Append(_block, row);
        if (_block.Length >= BlockLength) Flush();
    }

    /// <summary>Writes what is left.</summary>
    public void Flush()
    {
        foreach (var chunk in _block.GetChunks()) _target.Write(chunk.Span);
        _block.Clear();
    }
}
