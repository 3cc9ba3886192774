using System.Collections.Immutable;
using System.Text.Json;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Moving;

/// <summary>Moves a whole installation, and keeps nothing that is not proven to be the same: every row is read back, and every accumulator computed anew.</summary>
internal static class Move
{
    private const int RowsBetweenLooks = 4_096;

    /// <param name="source">What is moved; let go of as soon as it is read, because a picture of a database at work costs it room.</param>
    /// <param name="target">Empty.</param>
    /// <param name="seals">What each table must be, where that was written down.</param>
    /// <param name="clock">Measures how long it takes.</param>
    /// <param name="tell">Called for each table when it is written.</param>
    /// <param name="cancellation">Ends it; the target is then as it was.</param>
    /// <exception cref="MoveException">The source is not what it should be.</exception>
    public static async Task<MoveReport> RunAsync(
        IRows source, IRowTarget target, IReadOnlyDictionary<string, Seal>? seals, TimeProvider clock, Action<MovedTable> tell, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        CheckVersion(source);
        CheckVersion(target);
        var tables = ImmutableArray.CreateBuilder<MovedTable>();
        foreach (var table in Tables.All)
        {
            var moved = Write(table, source, target, clock, cancellation);
            if (seals is not null && !moved.Seal.Equals(seals.GetValueOrDefault(table.Name)))
                throw new MoveException($"The backup is damaged, or was changed since it was made: {table.Name} is not what was backed up.");
            tables.Add(moved);
            tell(moved);
        }

        await source.DisposeAsync();
        target.Complete(tables);
        foreach (var moved in tables) CheckReadBack(moved, target, cancellation);
        var (experiments, accumulators) = await CheckAccumulatorsAsync(target, cancellation);
        var watermark = target.Number("select coalesce(max(watermark), 0) from commits");
        await target.KeepAsync(cancellation);
        return new MoveReport(tables.ToImmutable(), watermark, experiments, accumulators, clock.GetElapsedTime(began));
    }

    /// <exception cref="MoveException">A table holds a row.</exception>
    public static void CheckEmpty(IRows target, string what)
    {
        foreach (var table in Tables.All)
            if (target.HasRows(table)) throw new MoveException($"{what} is not empty: {table.Name} has rows. Give an empty database, or a file that does not exist.");
    }

    private static void CheckVersion(IRows rows)
    {
        var (known, stored) = (Migrations.All().Max(migration => migration.Number), rows.Number("select coalesce(max(number), 0) from schema_version"));
        if (stored == known) return;
        throw new MoveException(stored < known
            ? $"The storage is of an older Assay (version {stored} of the tables, {known} here): serve it once with this one, or use the Assay that wrote it."
            : $"The storage is of a newer Assay (version {stored} of the tables, {known} here): use that one.");
    }

    private static MovedTable Write(Table table, IRows source, IRowTarget target, TimeProvider clock, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        using var digest = new RowDigest(table);
        target.Write(table, digest.Over(Looking(source.Read(table), cancellation)));
        return new MovedTable(table, new Seal(digest.Rows, Convert.ToHexStringLower(digest.End())), clock.GetElapsedTime(began));
    }

    private static void CheckReadBack(MovedTable moved, IRows target, CancellationToken cancellation)
    {
        using var digest = new RowDigest(moved.Table);
        foreach (var row in Looking(target.Read(moved.Table), cancellation)) digest.Add(row);
        if (new Seal(digest.Rows, Convert.ToHexStringLower(digest.End())) != moved.Seal)
            throw new MoveException($"What was written is not what was read: {moved.Table.Name} differs.");
    }

    private static async Task<(int Experiments, int Accumulators)> CheckAccumulatorsAsync(IRows target, CancellationToken cancellation)
    {
        var (experiments, accumulators) = (0, 0);
        try
        {
            await foreach (var (stored, recomputed) in target.MeasureAsync(cancellation))
            {
                accumulators += Compare(stored, recomputed);
                experiments++;
            }
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or IndexOutOfRangeException or OverflowException or JsonException)
        {
            throw new MoveException($"The stored statistics cannot be read: {unreadable.Message}", unreadable);
        }

        return (experiments, accumulators);
    }

    /// <returns>Accumulators compared.</returns>
    private static int Compare(MeasuredExperiment stored, MeasuredExperiment recomputed)
    {
        var keys = stored.Accumulators.Keys.Union(recomputed.Accumulators.Keys).ToList();
        var differences = keys.Count(key => !AreEqual(stored.Accumulators.GetValueOrDefault(key), recomputed.Accumulators.GetValueOrDefault(key)));
        return differences == 0
            ? keys.Count
            : throw new MoveException($"The statistics stored for '{stored.Key}' are not what its rows add up to: {differences} of {keys.Count} accumulators differ.");
    }

    private static bool AreEqual(Accumulator? stored, Accumulator? recomputed) =>
        stored is null || recomputed is null
            ? stored?.IsEmpty != false && recomputed?.IsEmpty != false
            : stored.Encode().AsSpan().SequenceEqual(recomputed.Encode());

    private static IEnumerable<Cell[]> Looking(IEnumerable<Cell[]> rows, CancellationToken cancellation)
    {
        var count = 0;
        foreach (var row in rows)
        {
            if (count++ % RowsBetweenLooks == 0) cancellation.ThrowIfCancellationRequested();
            yield return row;
        }
    }
}

/// <param name="Watermark">The last commit moved.</param>
/// <param name="Experiments">Experiments whose accumulators were computed anew.</param>
/// <param name="Accumulators">Accumulators compared, all equal.</param>
internal sealed record MoveReport(ImmutableArray<MovedTable> Tables, long Watermark, int Experiments, int Accumulators, TimeSpan Elapsed);

internal sealed record MovedTable(Table Table, Seal Seal, TimeSpan Elapsed);
