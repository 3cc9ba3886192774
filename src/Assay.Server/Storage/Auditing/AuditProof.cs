using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using Dapper;

namespace Assay.Server.Storage.Auditing;

/// <summary>What became of an audit that was followed from its first entry to its last.</summary>
/// <param name="Entries">How many there are.</param>
/// <param name="Unchained">How many at the beginning were written before entries were chained; the first hash covers them all the same.</param>
/// <param name="Head">The hash of the last entry: noted elsewhere, it proves later that nothing before it was changed or cut off.</param>
/// <param name="Faults">Empty when everything fits.</param>
internal sealed record AuditProof(long Entries, long Unchained, string Head, ImmutableArray<AuditFault> Faults)
{
    /// <summary>The command line proves without a catalog, which sets this for itself.</summary>
    static AuditProof() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>Follows the chain, and compares every experiment with what the audit last said of it, as of one moment.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="expected">A head noted earlier, which must be on the chain; null for none.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<AuditProof> DrawAsync(DbConnection connection, string? expected, CancellationToken cancellation)
    {
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var rows = await connection.QueryAsync<AuditRow>(new CommandDefinition($"select {AuditRow.Columns} from audit order by number", transaction: moment, cancellationToken: cancellation));
        var experiments = await connection.QueryAsync<ExperimentRow>(new CommandDefinition($"select {ExperimentRow.Columns} from experiments", transaction: moment, cancellationToken: cancellation));
        var decisions = await connection.QueryAsync<DecisionRow>(new CommandDefinition($"select {DecisionRow.Columns} from decisions", transaction: moment, cancellationToken: cancellation));
        var records = await connection.QueryAsync<RecordRow>(new CommandDefinition($"select {RecordRow.Columns} from records", transaction: moment, cancellationToken: cancellation));

        // On SQLite commits have waited for this: it ends before anything is computed.
        await moment.CommitAsync(cancellation);
        return Draw(rows, experiments, decisions, records, expected);
    }

    public static AuditProof Draw(IEnumerable<AuditRow> rows, IEnumerable<ExperimentRow> experiments, IEnumerable<DecisionRow> decisions, IEnumerable<RecordRow> records, string? expected)
    {
        var faults = new List<AuditFault>();
        var told = new Dictionary<string, (AuditRow Row, AuditDetail Detail)>(StringComparer.Ordinal);
        var courses = new Dictionary<(string Experiment, string Field), (long Number, long? Value)>();
        var decided = decisions.ToDictionary(row => row.Digest(), StringComparer.Ordinal);
        var recorded = records.ToDictionary(row => row.Digest(), StringComparer.Ordinal);
        var (head, entries, unchained, isMet) = (AuditChain.Start, 0L, 0L, expected is null or AuditChain.Start);
        foreach (var row in rows)
        {
            entries++;
            head = AuditChain.Next(head, row.ToEntry());
            isMet |= string.Equals(head, expected, StringComparison.OrdinalIgnoreCase);
            var detail = AuditDetail.Of(row);
            if (row.Experiment is { } key && detail.Version is not null)
            {
                told[key] = (row, detail);
                foreach (var (field, value) in detail.Course) courses[(key, field)] = (row.Number, value);
            }

            if (row.Action == AuditDetail.Decided && !decided.Remove(detail.Decision ?? ""))
                faults.Add(new AuditFault(row.Number, $"The decision on experiment '{row.Experiment}' is no longer stored as it was made."));
            if (detail.Record is { } digest && !recorded.Remove(digest))
                faults.Add(new AuditFault(row.Number, $"What was recorded of experiment '{row.Experiment}' is no longer stored as it was."));
            if (row.Hash == head) continue;
            if (row.Hash is null && unchained == entries - 1)
            {
                unchained++;
                continue;
            }

            faults.Add(new AuditFault(row.Number, row.Hash is null ? "The entry has no hash although entries before it have one." : "The entry's hash does not follow from it and the entries before it."));

            // One entry that was changed is told once: those after it are held against what it says of itself.
            head = row.Hash ?? head;
        }

        if (!isMet) faults.Add(new AuditFault(null, $"No entry has the hash {expected}: entries were cut off or written anew."));
        faults.AddRange(decided.Values.Select(row => new AuditFault(null, $"Decision {row.Number} on experiment '{row.Experiment}' is stored as no entry tells it.")));
        faults.AddRange(recorded.Values.Select(row => new AuditFault(null, $"The {row.Kind} '{row.Name}' of experiment '{row.Experiment}' is stored as no entry tells it.")));
        var stored = experiments.ToDictionary(row => row.Key, StringComparer.Ordinal);
        faults.AddRange(stored.Values.OrderBy(row => row.Key, StringComparer.Ordinal)
            .Select(row => told.TryGetValue(row.Key, out var last) ? FaultOf(row, last.Row, last.Detail) : new AuditFault(null, $"Experiment '{row.Key}' is stored, and the audit never tells of it."))
            .OfType<AuditFault>());
        faults.AddRange(courses.Where(said => stored.TryGetValue(said.Key.Experiment, out var row) && row.Course(said.Key.Field) != said.Value.Value)
            .OrderBy(said => said.Value.Number)
            .Select(said => new AuditFault(said.Value.Number, $"Experiment '{said.Key.Experiment}' is stored with another {said.Key.Field} than the audit says.")));
        faults.AddRange(told.Values.Where(last => last.Row.Action != "deleted" && !stored.ContainsKey(last.Row.Experiment!))
            .Select(last => new AuditFault(last.Row.Number, $"Experiment '{last.Row.Experiment}' is gone, and the audit does not say that it was deleted.")));
        return new AuditProof(entries, unchained, head, [.. faults]);
    }

    private static AuditFault? FaultOf(ExperimentRow stored, AuditRow last, AuditDetail said)
    {
        if (last.Action == "deleted") return new AuditFault(last.Number, $"Experiment '{stored.Key}' is stored, and the audit says that it was deleted.");
        if (said.Version != stored.Version || said.Status != stored.Status)
            return new AuditFault(last.Number, $"Experiment '{stored.Key}' is stored as {stored.Status}, version {stored.Version}; the audit says {said.Status}, version {said.Version}.");

        // Entries from before designs were hashed do not tell the digest.
        return said.Design is { } digest && digest != DesignDigest.Of(stored)
            ? new AuditFault(last.Number, $"The stored design or plan of experiment '{stored.Key}' is not the one that was saved as version {stored.Version}.")
            : null;
    }
}

/// <param name="Number">The entry where it shows; null where it is no entry's.</param>
/// <param name="Detail">A sentence.</param>
internal sealed record AuditFault(long? Number, string Detail);
