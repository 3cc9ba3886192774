using System.Collections.Immutable;
using System.Data.Common;
using Dapper;

namespace Assay.Server.Storage;

/// <summary>Exclusions in force, read in SQL that SQLite and PostgreSQL both understand.</summary>
internal sealed class ExclusionList(DbDataSource source)
{
    public async Task<ImmutableArray<ExclusionPlace>> ReadAsync(ExclusionQuery query, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<Row>(
            """
            select x.unit as "Unit", x.experiment as "Number", u.user_id as "UserId", v.key as "Experiment", x.reason as "Reason", x.since as "Since"
            from exclusions x join units u on u.unit = x.unit left join experiment_views v on v.experiment = x.experiment
            where x.lifted_by is null
              and (@user is null or u.user_id = @user)
              and (@experiment is null or v.key = @experiment)
              and (x.unit > @unit or (x.unit = @unit and x.experiment > @number))
            order by x.unit, x.experiment
            limit @limit
            """,
            new { user = query.UserId, experiment = query.Experiment, unit = query.After.Unit, number = query.After.Number, limit = query.Limit });
        return [.. rows.Select(row => new ExclusionPlace(row.Unit, row.Number, new Exclusion(row.Unit, row.UserId, row.Experiment, row.Reason, Microseconds.ToTime(row.Since))))];
    }

    private sealed record Row
    {
        public required long Unit { get; init; }

        public required int Number { get; init; }

        public required string UserId { get; init; }

        public string? Experiment { get; init; }

        public string? Reason { get; init; }

        public required long Since { get; init; }
    }
}

/// <param name="UserId">Only of this unit.</param>
/// <param name="Experiment">Only from this experiment, not those from all.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="After">Where the page before ended: numbers of the unit and of the experiment.</param>
internal sealed record ExclusionQuery(string? UserId, string? Experiment, int Limit, (long Unit, int Number) After);

/// <summary>An exclusion and its place in the list.</summary>
internal sealed record ExclusionPlace(long Unit, int Number, Exclusion Exclusion);
