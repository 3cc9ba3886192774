using System.Globalization;
using Assay.Analysis.Measurement;
using Assay.Server.Storage.Commits;
using Npgsql;

namespace Assay.Server.Storage.Postgres;

/// <summary>Goes through every unit of an experiment: exposures, events and covariates in one pass, by unit.</summary>
internal static class UnitScan
{
    private const int Exposure = 0, Event = 1;

    /// <summary>Place of the user id among the columns of persons.</summary>
    private const int PersonsUser = 9;

    /// <summary>How far a scan goes on that nobody waits for any more.</summary>
    private const int UnitsBetweenLooks = 4_096;

    /// <summary>Rows of the experiment, $1, and of the names, $2.</summary>
    /// <param name="until">What rows of a commit that was have to be, after the table's name; empty for all.</param>
    /// <param name="tellsUsers">Whether an exposure's name is whose it is.</param>
    private static string Rows(Func<string, string> until, bool tellsUsers) =>
        $"""
        select x.unit, 0 as kind, {(tellsUsers ? "u.user_id" : "''")} as name, x.at, x.variation, null::double precision as value, null::bigint as arrived_at, x.id as text, x.attributes
        from exposures x{(tellsUsers ? " left join units u on u.unit = x.unit" : "")} where x.experiment = $1{until("x")}
        union all
        select e.unit, 1, n.text, e.at, null, e.value, e.arrived_at, e.properties, null from events e join names n on n.name = e.name where n.text = any($2){until("e")}
        union all
        select c.unit, 2, n.text, null, null, c.value, null, null, null from covariates c join names n on n.name = c.name where c.experiment = $1{until("c")}
        """;

    /// <summary>Where some are one person: by person, with who it is for an exposure, and whose a covariate is that is not the person's own.</summary>
    private static string RowsOfPersons(Func<string, string> until) =>
        $"""
        select coalesce(p.person, r.unit) as unit, r.kind, r.name, r.at, r.variation, r.value, r.arrived_at, r.text, r.attributes, u.user_id
        from ({Rows(until, tellsUsers: false)}) r left join unnest($3, $4) as p (unit, person) on p.unit = r.unit
        left join units u on u.unit = case when r.kind = 0 and $5 then coalesce(p.person, r.unit) when r.kind = 2 then p.unit end
        """;

    /// <summary>Measures every unit anew.</summary>
    public static Task<FullMeasure> RunAsync(NpgsqlConnection connection, ViewState state, CancellationToken cancellation) =>
        RunAsync(connection, state.Id, state.Measure!, state.CompactedThrough, asOf: null, cancellation);

    /// <summary>Measures every unit anew, as of a commit.</summary>
    public static async Task<FullMeasure> RunAsync(NpgsqlConnection connection, int experiment, UnitMeasure measure, long compactedThrough, long? asOf, CancellationToken cancellation)
    {
        var measured = new FullMeasure(measure, compactedThrough);
        await VisitAsync(connection, experiment, measure, measured, tellsUsers: false, asOf, cancellation);
        return measured;
    }

    /// <summary>Shows every unit, and every person of several as one, in the order of their numbers.</summary>
    public static async Task VisitAsync(NpgsqlConnection connection, int experiment, UnitMeasure measure, IUnitVisitor visitor, bool tellsUsers, long? asOf, CancellationToken cancellation)
    {
        var links = asOf is { } commit ? await LinkRows.AsOfAsync(connection, commit, cancellation) : await LinkRows.FollowAsync(connection, LinkedUnits.None, cancellation);
        var excluded = (await ExclusionRows.AmongAsync(connection, experiment, asOf, cancellation)).Select(links.PersonOf).ToHashSet();
        var hasPersons = links.Count > 0;
        await using var command = new NpgsqlCommand { Connection = connection, CommandTimeout = 0, Parameters = { Commands.With(experiment), Commands.With(measure.Names.ToArray()) } };
        if (hasPersons)
        {
            command.Parameters.Add(Commands.With(links.All.Select(link => link.Unit).ToArray()));
            command.Parameters.Add(Commands.With(links.All.Select(link => link.Person).ToArray()));
            command.Parameters.Add(Commands.With(tellsUsers));
        }

        if (asOf is { } last) command.Parameters.Add(Commands.With(last));
        var number = command.Parameters.Count;
        Func<string, string> until = asOf is null ? static _ => "" : table => string.Create(CultureInfo.InvariantCulture, $" and {table}.batch in (select batch from commits where watermark <= ${number})");
        command.CommandText = $"{(hasPersons ? RowsOfPersons(until) : Rows(until, tellsUsers))} order by unit";

        await using var row = await command.ExecuteReaderAsync(cancellation);
        var unit = new ScannedUnit();
        var units = 0L;
        while (await row.ReadAsync(cancellation))
        {
            if (units == 0 || row.GetInt64(0) != unit.Number)
            {
                if (units > 0) visitor.Visit(unit);
                if (units++ % UnitsBetweenLooks == 0) cancellation.ThrowIfCancellationRequested();
                unit.Begin(row.GetInt64(0));
                unit.IsExcluded = excluded.Contains(unit.Number);
            }

            Add(unit, row, tellsUsers, hasPersons);
        }

        if (units > 0) visitor.Visit(unit);
    }

    private static void Add(ScannedUnit unit, NpgsqlDataReader row, bool tellsUsers, bool hasPersons)
    {
        switch (row.GetInt32(1))
        {
            case Exposure:
                if (tellsUsers) unit.UserId = row.TextOrNull(hasPersons ? PersonsUser : 2);
                unit.Add(new ExposureRow(row.GetInt64(3), row.GetInt32(4), row.TextOrNull(7) ?? "", row.TextOrNull(8)));
                break;
            case Event:
                unit.Add(new EventRow(row.GetString(2), row.GetInt64(3), row.GetDouble(5), row.GetInt64(6), row.TextOrNull(7)));
                break;
            default:
                if (hasPersons) unit.Member = row.TextOrNull(PersonsUser);
                unit.Add(new CovariateRow(row.GetString(2), row.GetDouble(5)));
                break;
        }
    }
}
