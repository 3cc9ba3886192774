using Assay.Server.Storage.Commits;
using Npgsql;
using NpgsqlTypes;

namespace Assay.Server.Storage.Postgres;

/// <summary>Puts in covariates that were found new, under the lock of their experiment.</summary>
internal static class CovariateRows
{
    public static async Task AddAsync(NpgsqlConnection connection, CommitWork work, CommitNumbers numbers, CancellationToken cancellation)
    {
        if (work.Covariates.Count == 0) return;
        await using var writer = await connection.BeginBinaryImportAsync("copy covariates (unit, experiment, name, batch, value) from stdin (format binary)", cancellation);
        foreach (var row in work.Covariates)
        {
            await writer.StartRowAsync(cancellation);
            await writer.WriteAsync(row.Unit.Unit!.Value, NpgsqlDbType.Bigint, cancellation);
            await writer.WriteAsync(row.Experiment, NpgsqlDbType.Integer, cancellation);
            await writer.WriteAsync(row.Name, NpgsqlDbType.Integer, cancellation);
            await writer.WriteAsync(numbers.Batch, NpgsqlDbType.Bigint, cancellation);
            await writer.WriteAsync(row.Value, NpgsqlDbType.Double, cancellation);
        }

        await writer.CompleteAsync(cancellation);
    }
}
