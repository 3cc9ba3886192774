using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using System.Text.Json;
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
        return Draw(rows, experiments, decisions, expected);
    }

    public static AuditProof Draw(IEnumerable<AuditRow> rows, IEnumerable<ExperimentRow> experiments, IEnumerable<DecisionRow> decisions, string? expected)
    {
        var faults = new List<AuditFault>();
        var told = new Dictionary<string, AuditRow>(StringComparer.Ordinal);
        var decided = decisions.ToDictionary(row => row.Seal(), StringComparer.Ordinal);
        var (head, entries, unchained, isMet) = (AuditChain.Start, 0L, 0L, expected is null or AuditChain.Start);
        foreach (var row in rows)
        {
            entries++;
            head = AuditChain.Next(head, row.ToEntry());
            isMet |= string.Equals(head, expected, StringComparison.OrdinalIgnoreCase);
            if (row.Experiment is { } key && TellsState(row)) told[key] = row;
            if (row.Action == DecisionSeal.Action && !decided.Remove(DecisionSeal.Of(row))) faults.Add(new AuditFault(row.Number, $"The decision on experiment '{row.Experiment}' is no longer stored as it was made."));
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
        var stored = experiments.ToDictionary(row => row.Key, StringComparer.Ordinal);
        faults.AddRange(stored.Values.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => FaultOf(row, told.GetValueOrDefault(row.Key))).OfType<AuditFault>());
        faults.AddRange(told.Values.Where(row => row.Action != "deleted" && !stored.ContainsKey(row.Experiment!))
            .Select(row => new AuditFault(row.Number, $"Experiment '{row.Experiment}' is gone, and the audit does not say that it was deleted.")));
        return new AuditProof(entries, unchained, head, [.. faults]);
    }

    /// <summary>Entries of exclusions and erasures name an experiment and say nothing of its design.</summary>
    private static bool TellsState(AuditRow row)
    {
        using var detail = JsonDocument.Parse(row.Detail);
        return detail.RootElement.TryGetProperty("version", out _);
    }

    private static AuditFault? FaultOf(ExperimentRow stored, AuditRow? told)
    {
        if (told is null) return new AuditFault(null, $"Experiment '{stored.Key}' is stored, and the audit never tells of it.");
        if (told.Action == "deleted") return new AuditFault(told.Number, $"Experiment '{stored.Key}' is stored, and the audit says that it was deleted.");
        using var detail = JsonDocument.Parse(told.Detail);
        var said = detail.RootElement;
        if (said.GetProperty("version").GetInt32() != stored.Version || said.GetProperty("status").GetString() != stored.Status)
        {
            return new AuditFault(
                told.Number, $"Experiment '{stored.Key}' is stored as {stored.Status}, version {stored.Version}; the audit says {said.GetProperty("status").GetString()}, version {said.GetProperty("version").GetInt32()}.");
        }

        // Entries from before designs were sealed do not tell the digest.
        return said.TryGetProperty(DesignSeal.Field, out var digest) && digest.GetString() != DesignSeal.Of(stored)
            ? new AuditFault(told.Number, $"The stored design or plan of experiment '{stored.Key}' is not the one that was saved as version {stored.Version}.")
            : null;
    }
}

/// <param name="Number">The entry where it shows; null where it is no entry's.</param>
/// <param name="Detail">A sentence.</param>
internal sealed record AuditFault(long? Number, string Detail);
