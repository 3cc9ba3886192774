using Assay.Analysis.Measurement;
using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Sqlite.Runs;

namespace Assay.Server.Storage.Sqlite;

/// <summary>An experiment's rows as they are stored, unit after unit, each unit's in the order they came.</summary>
internal static class RowReading
{
    private const int UnitsBetweenLooks = 4_096;

    public static void Show(EventDatabase database, int experiment, UnitMeasure measure, RowKind kind, Action<StoredRow> show, CancellationToken cancellation)
    {
        var names = UnitScan.NamesOf(database);
        var rows = new List<PackedRow>();
        using var scan = new RunScan(database, RunKind.Rows);
        for (var units = 0; scan.Key is { } unit; units++)
        {
            if (units % UnitsBetweenLooks == 0) cancellation.ThrowIfCancellationRequested();
            rows.Clear();
            for (; scan.Key == unit; scan.Advance())
                for (var place = 0; place < scan.Content.Length;)
                    if (RowPacking.Read(scan.Content, ref place) is var row && row.Kind == kind && Belongs(row)) rows.Add(row);
            if (rows.Count == 0) continue;
            rows.Sort(static (left, right) => (left.Batch, left.Item).CompareTo((right.Batch, right.Item)));
            var user = UnitDirectory.UserOf(database, unit);
            foreach (var row in rows) show(Of(row, user));
        }

        bool Belongs(in PackedRow row) => kind == RowKind.Exposure ? row.Experiment == experiment : measure.Sees(names[row.Name], row.At);

        StoredRow Of(in PackedRow row, string? user) => new(
            user,
            kind == RowKind.Exposure ? row.Id : EventId.Told(row.EventId, row.Id),
            kind == RowKind.Exposure ? "" : names[row.Name],
            row.Variation, row.Value, row.At, row.ClientAt, row.ArrivedAt, row.Json, row.Source);
    }
}
