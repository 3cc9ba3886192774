using System.Data.Common;
using Dapper;

namespace Assay.Server.Storage.Auditing;

/// <summary>Appends to the audit in the transaction of what it tells, in SQL that SQLite and PostgreSQL both understand.</summary>
internal static class AuditTrail
{
    private const string Insert = "insert into audit (at, actor, action, experiment, detail, hash) values (@At, @Actor, @Action, @Experiment, @Detail, @Hash)";

    private const string Head = $"update audit_turn set taken = taken + 1 returning taken; select {AuditRow.Columns} from audit order by number desc limit 1";

    /// <remarks>The turn is taken after every other lock and kept to the end of the transaction: who waits for it holds what nobody who has it waits for.</remarks>
    public static async Task AppendAsync(DbConnection connection, DbTransaction? transaction, IEnumerable<AuditEntry> entries, CancellationToken cancellation)
    {
        string? head = null;
        foreach (var entry in entries)
        {
            head ??= await TakeHeadAsync(connection, transaction, cancellation);
            head = AuditChain.Next(head, entry);
            var row = new { At = Microseconds.Of(entry.At), entry.Actor, entry.Action, entry.Experiment, entry.Detail, Hash = head };
            await connection.ExecuteAsync(new CommandDefinition(Insert, row, transaction, cancellationToken: cancellation));
        }
    }

    private static async Task<string> TakeHeadAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellation)
    {
        // In one way to the database, since commits wait; the second statement begins when the turn is there, and so sees what its last holder wrote.
        await using var answers = await connection.QueryMultipleAsync(new CommandDefinition(Head, transaction: transaction, cancellationToken: cancellation));
        _ = await answers.ReadSingleAsync<long>();
        var last = await answers.ReadSingleOrDefaultAsync<AuditRow>();
        if (last is null) return AuditChain.Start;
        if (last.Hash is { } hash) return hash;
        var before = await connection.QueryAsync<AuditRow>(
            new CommandDefinition($"select {AuditRow.Columns} from audit order by number", transaction: transaction, cancellationToken: cancellation));
        return AuditChain.Fold(before.Select(row => row.ToEntry()));
    }
}
