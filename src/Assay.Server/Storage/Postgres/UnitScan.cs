using Assay.Analysis.Measurement;
using Assay.Server.Storage.Commits;
using Npgsql;

namespace Assay.Server.Storage.Postgres;

/// <summary>Measures every unit of an experiment anew: exposures, events and covariates in one pass, by unit.</summary>
internal static class UnitScan
{
    private const int Exposure = 0, Event = 1;

    private const string Rows =
        """
        select unit, 0 as kind, '' as name, at, variation, null::double precision as value, null::bigint as arrived_at, id as text from exposures where experiment = $1
        union all
        select e.unit, 1, n.text, e.at, null, e.value, e.arrived_at, e.properties from events e join names n on n.name = e.name where n.text = any($2)
        union all
        select c.unit, 2, n.text, null, null, c.value, null, null from covariates c join names n on n.name = c.name where c.experiment = $1
        order by unit
        """;

    public static async Task<FullMeasure> RunAsync(NpgsqlConnection connection, ViewState state, CancellationToken cancellation)
    {
        var measure = state.Measure!;
        var measured = new FullMeasure(measure, state.CompactedThrough);
        await using var command = new NpgsqlCommand(Rows, connection) { CommandTimeout = 0, Parameters = { Commands.With(state.Id), Commands.With(measure.Names.ToArray()) } };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        for (var unit = -1L; await row.ReadAsync(cancellation);)
        {
            if (unit >= 0 && unit != row.GetInt64(0)) measured.EndUnit(cancellation);
            unit = row.GetInt64(0);
            Add(measured, row);
        }

        measured.EndUnit(cancellation);
        return measured;
    }

    private static void Add(FullMeasure measured, NpgsqlDataReader row)
    {
        switch (row.GetInt32(1))
        {
            case Exposure:
                measured.Add(new ExposureRow(row.GetInt64(3), row.GetInt32(4), row.TextOrNull(7) ?? ""));
                break;
            case Event:
                measured.Add(new EventRow(row.GetString(2), row.GetInt64(3), row.GetDouble(5), row.GetInt64(6), row.TextOrNull(7)));
                break;
            default:
                measured.Add(new CovariateRow(row.GetString(2), row.GetDouble(5)));
                break;
        }
    }
}
