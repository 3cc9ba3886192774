using System.Collections.Immutable;
using System.Data.Common;
using Dapper;

namespace Assay.Server.Storage;

/// <summary>Links in force, read in SQL that SQLite and PostgreSQL both understand.</summary>
internal sealed class IdentityList(DbDataSource source)
{
    private const string Links =
        """
        select l.unit as "Unit", a.user_id as "AnonymousId", u.user_id as "UserId", l.since as "Since", l.watermark as "Watermark"
        from identity_links l join units a on a.unit = l.unit join units u on u.unit = l.into_unit
        where l.lifted_by is null and l.unit > @after
        """;

    // From one of its ids up to the person, and from there down to all others.
    private const string OfPerson =
        """
        with recursive up (unit) as (
          select l.unit from identity_links l join units a on a.unit = l.unit where l.lifted_by is null and a.user_id = @user
          union
          select l.into_unit from identity_links l join units u on u.unit = l.into_unit where l.lifted_by is null and u.user_id = @user
          union
          select l.into_unit from identity_links l join up on l.unit = up.unit where l.lifted_by is null),
        person (unit) as (
          select unit from up
          union
          select l.unit from identity_links l join person on l.into_unit = person.unit where l.lifted_by is null)
        """;

    /// <param name="user">Only links of the person that this is an id of; null for all.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="after">Where the page before ended: the number of the anonymous id's unit.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<ImmutableArray<IdentityPlace>> ReadAsync(string? user, int limit, long after, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var sql = user is null ? $"{Links} order by l.unit limit @limit" : $"{OfPerson} {Links} and l.unit in (select unit from person) order by l.unit limit @limit";
        var rows = await connection.QueryAsync<Row>(sql, new { user, limit, after });
        return [.. rows.Select(row => new IdentityPlace(row.Unit, new Identity(row.AnonymousId, row.UserId, Microseconds.ToTime(row.Since), row.Watermark)))];
    }

    private sealed record Row
    {
        public required long Unit { get; init; }

        public required string AnonymousId { get; init; }

        public required string UserId { get; init; }

        public required long Since { get; init; }

        public required long Watermark { get; init; }
    }
}

/// <summary>A link and its place in the list.</summary>
internal sealed record IdentityPlace(long Unit, Identity Identity);
