using Assay.Server.Storage.Commits;
using Npgsql;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>Numbers that a commit gave before it judged its items: who or what was then named by refused items alone is not kept.</summary>
internal static class UnusedNumbers
{
    /// <returns>The numbers of which something is stored.</returns>
    public static async Task<CommitNumbers> RemoveAsync(NpgsqlConnection connection, CommitWork work, CommitNumbers numbers, CancellationToken cancellation)
    {
        var units = numbers.Units.Fresh.ToHashSet();
        if (units.Count > 0)
            units.ExceptWith(work.Exposures.Select(row => row.Unit).Concat(work.Events.Select(row => row.Unit)).Concat(work.Covariates.Select(row => row.Unit)).Select(unit => unit.Unit!.Value));
        var names = numbers.Names.Fresh.ToHashSet();
        if (names.Count > 0) names.ExceptWith(work.Events.Select(row => row.Name).Concat(work.Covariates.Select(row => row.Name)));
        if (units.Count + names.Count == 0) return numbers;
        await using var batch = connection.Batch(
            Sql("delete from units where unit = any($1)", With(units.ToArray())), Sql("delete from names where name = any($1)", With(names.ToArray())));
        await batch.ExecuteNonQueryAsync(cancellation);
        numbers.Units.Lose(units);
        return numbers with { Names = Without(numbers.Names, names) };
    }

    private static Numbers<int> Without(Numbers<int> numbers, HashSet<int> gone) => new(
        numbers.ByText.Where(entry => !gone.Contains(entry.Value)).ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal),
        numbers.Fresh.Except(gone).ToHashSet());
}
