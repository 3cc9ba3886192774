using Assay.Server.Storage.Commits;
using Npgsql;

namespace Assay.Server.Storage.Postgres;

/// <summary>Puts in covariates that were found new, under the lock of their experiment.</summary>
internal static class CovariateRows
{
    public static async Task AddAsync(NpgsqlConnection connection, CommitWork work, CommitNumbers numbers, CancellationToken cancellation)
    {
        if (work.Covariates.Count == 0) return;
        using var rows = await CopiedRows.BeginAsync(connection, "covariates", "unit, experiment, name, batch, value", cancellation);
        foreach (var row in work.Covariates)
        {
            await rows.RowAsync(cancellation);
            rows.Add(row.Unit.Unit!.Value);
            rows.Add(row.Experiment);
            rows.Add(row.Name);
            rows.Add(numbers.Batch);
            rows.Add(row.Value);
        }

        await rows.CompleteAsync(cancellation);
    }
}
