using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Sqlite;

/// <summary>Exposures, events and covariates in SQL, by unit and by id.</summary>
internal sealed class EventRows(EventDatabase database, NameDirectory names)
{
    /// <summary>Reads a unit's rows; events only of names that some experiment uses.</summary>
    public void Load(UnitWork work, Func<int, ViewDraft> viewOf, Func<string, bool> isUsed)
    {
        var unit = work.Unit!.Value;
        var exposures = database.Prepare("select experiment, variation, at, client_offset, id from exposures where unit = ?").Bind(1, unit);
        while (exposures.Step())
        {
            var at = exposures.Int64(2);
            work.In(viewOf(exposures.Int32(0))).Add(new ExposureRow(at, exposures.Int32(1), StoredId.Read(exposures, 4) ?? ""), at + exposures.Int64OrNull(3));
        }

        exposures.Reset();
        var covariates = database.Prepare("select experiment, name, value from covariates where unit = ?").Bind(1, unit);
        while (covariates.Step()) work.In(viewOf(covariates.Int32(0))).Add(new CovariateRow(names.Text(covariates.Int32(1)), covariates.Real(2)));
        covariates.Reset();
        var events = database.Prepare("select name, at, value, delay, properties from events where unit = ?").Bind(1, unit);
        while (events.Step())
        {
            var name = names.Text(events.Int32(0));
            if (!isUsed(name)) continue;
            var at = events.Int64(1);
            work.Events.Add(new EventRow(name, at, events.Real(2), at + events.Int64(3), events.TextOrNull(4)));
        }

        events.Reset();
    }

    /// <summary>The stored event of an id; null when the id is new.</summary>
    public EventContent? FindEvent(int? scope, string id, long hash)
    {
        var rows = database.Prepare(
            """
            select e.id, u.user_id, e.name, e.value, e.at + e.client_offset, e.properties
            from events e join units u on u.unit = e.unit where e.id_hash = ? and e.scope is ?
            """).Bind(1, hash).Bind(2, (long?)scope);
        EventContent? found = null;
        while (found is null && rows.Step())
            if (StoredId.Read(rows, 0) == id) found = new EventContent(rows.Text(1), names.Text(rows.Int32(2)), rows.Real(3), rows.Int64OrNull(4), rows.TextOrNull(5));
        rows.Reset();
        return found;
    }

    /// <summary>The stored exposure of an id; null when the id is new.</summary>
    public ExposureContent? FindExposure(int experiment, string id, long hash)
    {
        var rows = database.Prepare(
            """
            select e.id, u.user_id, e.variation, e.at + e.client_offset, e.attributes
            from exposures e join units u on u.unit = e.unit where e.id_hash = ? and e.experiment = ?
            """).Bind(1, hash).Bind(2, experiment);
        ExposureContent? found = null;
        while (found is null && rows.Step())
            if (StoredId.Read(rows, 0) == id) found = new ExposureContent(rows.Text(1), rows.Int32(2), rows.Int64OrNull(3), rows.TextOrNull(4));
        rows.Reset();
        return found;
    }

    public void Add(long unit, long batch, int item, int experiment, ExposureItem exposure, long? hash, long arrivedAt) =>
        database.Prepare(
            """
            insert into exposures (unit, batch, item, experiment, variation, at, client_offset, delay, id_hash, id, attributes, source)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
            .Bind(1, unit).Bind(2, batch).Bind(3, item).Bind(4, experiment).Bind(5, exposure.Variation).Bind(6, exposure.At)
            .Bind(7, exposure.ClientAt - exposure.At).Bind(8, arrivedAt - exposure.At).Bind(9, hash).BindId(10, exposure.Id)
            .Bind(11, exposure.Attributes).Bind(12, exposure.Source).Run();

    public void Add(long unit, long batch, int item, int name, int? scope, EventItem row, long? hash, long arrivedAt) =>
        database.Prepare(
            """
            insert into events (unit, batch, item, name, at, client_offset, delay, value, scope, id_hash, id, properties)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
            .Bind(1, unit).Bind(2, batch).Bind(3, item).Bind(4, name).Bind(5, row.At).Bind(6, row.ClientAt - row.At)
            .Bind(7, arrivedAt - row.At).Bind(8, row.Value).Bind(9, (long?)scope).Bind(10, hash).BindId(11, row.Id).Bind(12, row.Properties).Run();

    public void Add(long unit, long batch, int experiment, int name, double value) =>
        database.Prepare("insert into covariates (unit, experiment, name, batch, value) values (?, ?, ?, ?, ?)")
            .Bind(1, unit).Bind(2, experiment).Bind(3, name).Bind(4, batch).Bind(5, value).Run();
}

/// <summary>What makes two events of one id the same.</summary>
internal sealed record EventContent(string UserId, string Name, double Value, long? ClientAt, string? Properties)
{
    public static EventContent Of(EventItem item) => new(item.UserId, item.Name, item.Value, item.ClientAt, item.Properties);
}

/// <summary>What makes two exposures of one id the same.</summary>
internal sealed record ExposureContent(string UserId, int Variation, long? ClientAt, string? Attributes)
{
    public static ExposureContent Of(ExposureItem item) => new(item.UserId, item.Variation, item.ClientAt, item.Attributes);
}
