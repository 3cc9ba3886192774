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
        var units = Unused(numbers.Units, work.Exposures.Select(row => row.Unit).Concat(work.Events.Select(row => row.Unit)).Concat(work.Covariates.Select(row => row.Unit)).Select(unit => unit.Unit!.Value));
        var names = Unused(numbers.Names, work.Events.Select(row => row.Name).Concat(work.Covariates.Select(row => row.Name)));
        if (units.Length + names.Length == 0) return numbers;
        await using var batch = connection.Batch(
            Sql("delete from units where unit = any($1)", With(units)), Sql("delete from names where name = any($1)", With(names)));
        await batch.ExecuteNonQueryAsync(cancellation);
        return numbers with { Units = Without(numbers.Units, units), Names = Without(numbers.Names, names) };
    }

    private static T[] Unused<T>(Numbers<T> numbers, IEnumerable<T> used) => numbers.Fresh.Count == 0 ? [] : [.. numbers.Fresh.Except(used)];

    private static Numbers<T> Without<T>(Numbers<T> numbers, T[] unused)
    {
        var gone = unused.ToHashSet();
        return new Numbers<T>(
            numbers.ByText.Where(entry => !gone.Contains(entry.Value)).ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal),
            numbers.Fresh.Except(gone).ToHashSet());
    }
}
