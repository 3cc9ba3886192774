using System.Diagnostics;
using System.Globalization;
using Assay.Server.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Assay.Benchmarks.Layouts;

/// <summary>Layouts of a SQLite file side by side: the same rows in commits of 1,000, each on disk before the next, without anything that Assay does besides.</summary>
internal static class LayoutRun
{
    private const int RowsOfACommit = 1_000;
    private const int Measured = 200_000;
    private const int Reads = 5_000;

    /// <param name="stored">Rows before anything is measured.</param>
    /// <param name="units">Units, drawn at random.</param>
    public static async Task RunAsync(int stored, int units)
    {
        Console.WriteLine($"| layout, {stored:N0} rows of {units:N0} units | rows/s | processor, µs a row | written, bytes a row | file, bytes a row | a unit's rows, µs |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        await RunAsync("texts, a row an insert", stored, units, database => new TextRows(database));
        await RunAsync("rows by unit, ids of 16 bytes, sorted inserts", stored, units, database => new ClusteredRows(database));
        await RunAsync("a log, its numbers by unit in sorted runs", stored, units, database => new RunRows(database, hasLog: true));
        await RunAsync("rows by unit in sorted runs (Assay)", stored, units, database => new RunRows(database, hasLog: false));
    }

    private static async Task RunAsync(string name, int stored, int units, Func<EventDatabase, Layout> open)
    {
        var folder = Directory.CreateTempSubdirectory("assay-layout-");
        try
        {
            var path = Path.Combine(folder.FullName, "layout.db");
            var storage = new SqliteConnectionStringBuilder { DataSource = path }.ConnectionString;
            await SqliteEngine.MigrateAsync(storage, TimeProvider.System, CancellationToken.None);
            using var database = new EventDatabase(storage, cacheMebibytes: 32);
            var (layout, random) = (open(database), new Random(1));
            Add(stored);
            var (written, processor, clock) = (Written(), Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.StartNew());
            Add(Measured);
            var (rate, busy, bytes) = (Measured / clock.Elapsed.TotalSeconds, Process.GetCurrentProcess().TotalProcessorTime - processor, Written() - written);
            database.Query("pragma wal_checkpoint(truncate)");
            clock.Restart();
            for (var i = 0; i < Reads; i++) layout.Read(1 + random.Next(units));
            var read = clock.Elapsed / Reads;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {rate:N0} | {busy.TotalMicroseconds / Measured:0.0} | {bytes / (double)Measured:N0} | {new FileInfo(path).Length / (double)(stored + Measured):0} | {read.TotalMicroseconds:0} |"));

            void Add(int count)
            {
                for (; count > 0; count -= RowsOfACommit)
                {
                    var rows = Enumerable.Range(0, RowsOfACommit).Select(_ => new Layout.Row(1 + random.Next(units), Guid.NewGuid(), Packed(random))).ToList();
                    database.Write(() =>
                    {
                        layout.Add(rows);
                        return 0;
                    });
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>As long as a packed event is.</summary>
    private static byte[] Packed(Random random)
    {
        var data = new byte[38];
        random.NextBytes(data);
        return data;
    }

    /// <summary>Bytes that this process has written to files.</summary>
    private static long Written() => long.Parse(File.ReadLines("/proc/self/io").First(line => line.StartsWith("write_bytes", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);
}
