using Assay.Analysis.Measurement;
using Assay.Server.Storage.Commits;
using Npgsql;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>The rows that touched units had before this commit, read under the locks of the experiments that they count for.</summary>
internal sealed class StoredUnits
{
    private readonly Dictionary<long, List<(int Experiment, ExposureRow Row, long? ClientAt)>> _exposures = [];
    private readonly Dictionary<long, List<(int Experiment, CovariateRow Row)>> _covariates = [];
    private readonly Dictionary<long, List<EventRow>> _events = [];

    /// <param name="connection">The commit's connection.</param>
    /// <param name="units">The units.</param>
    /// <param name="views">The experiments, locked.</param>
    /// <param name="own">The commit's own batch, which is left out.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<StoredUnits> LoadAsync(NpgsqlConnection connection, long[] units, IReadOnlyList<ViewState> views, long own, CancellationToken cancellation)
    {
        var stored = new StoredUnits();
        if (units.Length == 0 || views.Count == 0) return stored;
        var experiments = views.Select(view => view.Id).ToArray();
        var names = views.SelectMany(view => view.Measure?.Names ?? []).Distinct(StringComparer.Ordinal).ToArray();
        var isFiltered = views.Any(view => view.Measure?.View.Plans.Any(plan => plan.Filter is not null) == true);
        var isSegmented = views.Any(view => view.Measure?.View.Segments.IsEmpty == false);
        await using var batch = connection.Batch(
            Sql(
                $"""
                select unit, experiment, variation, at, client_at, id, {(isSegmented ? "attributes" : "null::text")} from exposures
                where unit = any($1) and experiment = any($2) and batch <> $3
                """,
                With(units), With(experiments), With(own)),
            Sql(
                "select c.unit, c.experiment, n.text, c.value from covariates c join names n on n.name = c.name where c.unit = any($1) and c.experiment = any($2)",
                With(units), With(experiments)),
            Sql("select name, text from names where text = any($1)", With(names)),
            Sql(
                $"""
                select unit, name, at, value, arrived_at, {(isFiltered ? "properties" : "null::text")} from events
                where unit = any($1) and name = any(array(select name from names where text = any($2))) and batch <> $3
                """,
                With(units), With(names), With(own)));
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var exposure = new ExposureRow(rows.GetInt64(3), rows.GetInt32(2), rows.TextOrNull(5) ?? "", rows.TextOrNull(6));
            ListOf(stored._exposures, rows.GetInt64(0)).Add((rows.GetInt32(1), exposure, rows.Int64OrNull(4)));
        }

        await rows.NextResultAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
            ListOf(stored._covariates, rows.GetInt64(0)).Add((rows.GetInt32(1), new CovariateRow(rows.GetString(2), rows.GetDouble(3))));
        var texts = new Dictionary<int, string>();
        await rows.NextResultAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) texts.Add(rows.GetInt32(0), rows.GetString(1));
        await rows.NextResultAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var row = new EventRow(texts[rows.GetInt32(1)], rows.GetInt64(2), rows.GetDouble(3), rows.GetInt64(4), rows.TextOrNull(5));
            ListOf(stored._events, rows.GetInt64(0)).Add(row);
        }

        return stored;
    }

    public void Load(UnitWork work, Drafts drafts)
    {
        var unit = work.Unit!.Value;
        if (_exposures.TryGetValue(unit, out var exposures))
            foreach (var (experiment, row, clientAt) in exposures) work.In(drafts.Of(experiment)).Add(row, clientAt);
        if (_covariates.TryGetValue(unit, out var covariates))
            foreach (var (experiment, row) in covariates) work.In(drafts.Of(experiment)).Add(row);
        if (_events.TryGetValue(unit, out var events)) work.Events.AddRange(events);
    }

    private static List<T> ListOf<T>(Dictionary<long, List<T>> lists, long unit)
    {
        if (lists.TryGetValue(unit, out var list)) return list;
        list = [];
        lists.Add(unit, list);
        return list;
    }
}
