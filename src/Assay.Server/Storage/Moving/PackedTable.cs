using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Sqlite;
using Assay.Server.Storage.Sqlite.Runs;

namespace Assay.Server.Storage.Moving;

/// <summary>A table that SQLite keeps as packed rows of units.</summary>
internal static class PackedTable
{
    /// <summary>Its rows in the order of its key. The array is the same for every row.</summary>
    public static IEnumerable<Cell[]> Read(EventDatabase database, Table table)
    {
        var (kind, gone) = (table.Packed!.Value, GoneRows.Of(database));
        var cells = new Cell[table.Columns.Length];
        var rows = new List<PackedRow>();
        using var scan = new RunScan(database, RunKind.Rows);
        while (scan.Key is { } unit)
        {
            rows.Clear();
            for (; scan.Key == unit; scan.Advance()) Unpack(scan.Content, kind, gone, rows);
            rows.Sort(Compare);
            foreach (var row in rows)
            {
                for (var i = 0; i < cells.Length; i++) cells[i] = CellOf(table.Columns[i].Name, unit, row);
                yield return cells;
            }
        }
    }

    public static void Write(RunFiller filler, Table table, IEnumerable<Cell[]> rows)
    {
        foreach (var cells in rows)
        {
            var row = new PackedRow(table.Packed!.Value);
            for (var i = 1; i < cells.Length; i++)
                if (!cells[i].IsNull) Put(ref row, table.Columns[i].Name, cells[i]);
            filler.Add(cells[0].Int64, row);
        }
    }

    private static void Unpack(ReadOnlySpan<byte> content, RowKind kind, GoneRows gone, List<PackedRow> rows)
    {
        for (var place = 0; place < content.Length;)
            if (RowPacking.Read(content, ref place) is var row && row.Kind == kind && !gone.Holds(row)) rows.Add(row);
    }

    private static int Compare(PackedRow a, PackedRow b) => a.Kind == RowKind.Covariate
        ? (a.Experiment, a.Name).CompareTo((b.Experiment, b.Name))
        : (a.Batch, a.Item).CompareTo((b.Batch, b.Item));

    private static Cell CellOf(string column, long unit, in PackedRow row) => column switch
    {
        "unit" => Cell.Of(unit),
        "batch" => Cell.Of(row.Batch),
        "item" => Cell.Of(row.Item),
        "experiment" or "scope" => Cell.Of(row.Experiment),
        "name" => Cell.Of(row.Name),
        "variation" => Cell.Of(row.Variation),
        "at" => Cell.Of(row.At),
        "client_at" => row.ClientAt is { } at ? Cell.Of(at) : Cell.Null,
        "arrived_at" => Cell.Of(row.ArrivedAt),
        "value" => Cell.Of(row.Value),
        "id" => OrNull(row.Kind == RowKind.Event ? row.EventId?.ToString("D") : row.Id),
        "id_text" => OrNull(row.Id),
        "attributes" or "properties" => OrNull(row.Json),
        "source" => OrNull(row.Source),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, "No packed row has such a column."),
    };

    private static void Put(ref PackedRow row, string column, in Cell cell)
    {
        switch (column)
        {
            case "batch":
                row.Batch = cell.Int64;
                break;
            case "item":
                row.Item = cell.Int32;
                break;
            case "experiment" or "scope":
                row.Experiment = cell.Int32;
                break;
            case "name":
                row.Name = cell.Int32;
                break;
            case "variation":
                row.Variation = cell.Int32;
                break;
            case "at":
                row.At = cell.Int64;
                break;
            case "client_at":
                row.ClientAt = cell.Int64;
                break;
            case "arrived_at":
                row.ArrivedAt = cell.Int64;
                break;
            case "value":
                row.Value = cell.Real;
                break;
            case "id" when row.Kind == RowKind.Event:
                row.EventId = Guid.ParseExact(cell.Text, "D");
                break;
            case "id" or "id_text":
                row.Id = cell.Text;
                break;
            case "attributes" or "properties":
                row.Json = cell.Text;
                break;
            case "source":
                row.Source = cell.Text;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(column), column, "No packed row has such a column.");
        }
    }

    private static Cell OrNull(string? text) => text is null ? Cell.Null : Cell.Of(text);
}
