using System.Data;
using System.Data.Common;
using System.Reflection;
using System.Text.RegularExpressions;
using Dapper;

namespace Assay.Server.Storage;

/// <summary>Brings a database to the present: the embedded <c>NNNN_name.sql</c> that it has not seen, in order, each in a transaction of its own.</summary>
internal static partial class Migrations
{
    public static async Task ApplyAsync(DbDataSource source, TimeProvider clock, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await ApplyAsync(connection, All(), clock, cancellation);
    }

    public static async Task ApplyAsync(DbConnection connection, IReadOnlyList<Migration> migrations, TimeProvider clock, CancellationToken cancellation)
    {
        await connection.ExecuteAsync("create table if not exists schema_version (number integer not null primary key, name text not null, applied_at bigint not null)");
        foreach (var migration in migrations) await ApplyAsync(connection, migration, clock, cancellation);
    }

    /// <summary>Every migration of this binary for an engine, in order.</summary>
    /// <param name="engine">The engine's folder; empty for SQLite, whose files are in none.</param>
    public static IReadOnlyList<Migration> All(string engine = "")
    {
        var assembly = typeof(Migrations).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Select(resource => (Resource: resource, Match: FileName().Match(resource)))
            .Where(found => found.Match.Success && found.Match.Groups["engine"].Value == engine)
            .Select(found => new Migration(int.Parse(found.Match.Groups["number"].ValueSpan, null), found.Match.Groups["name"].Value, Read(assembly, found.Resource)))
            .OrderBy(migration => migration.Number)];
    }

    private static async Task ApplyAsync(DbConnection connection, Migration migration, TimeProvider clock, CancellationToken cancellation)
    {
        // Serializable is "begin immediate" on SQLite: the second of two processes waits here and then finds the work done.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancellation);
        var done = await connection.ExecuteScalarAsync<long>("select count(*) from schema_version where number = @Number", migration, transaction);
        if (done > 0) return;
        await connection.ExecuteAsync(migration.Sql, transaction: transaction);
        await connection.ExecuteAsync(
            "insert into schema_version (number, name, applied_at) values (@Number, @Name, @At)",
            new { migration.Number, migration.Name, At = Microseconds.Of(clock.GetUtcNow()) },
            transaction);
        await transaction.CommitAsync(cancellation);
    }

    private static string Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\.Migrations\.((?<engine>\w+)\.)?(?<number>\d{4})_(?<name>\w+)\.sql$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FileName();
}

internal sealed record Migration(int Number, string Name, string Sql);
