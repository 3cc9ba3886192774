using Assay.Analysis.Measurement;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Sqlite;

/// <summary>Exposures, events and covariates in SQL, by unit and by id.</summary>
internal sealed class EventRows(EventDatabase database, UnitDirectory units, NameDirectory names) : IStoredRows
{
    public long? FindUnit(string userId) => units.Find(userId);

    public long AddUnit(string userId) => units.Add(userId);

    public int NumberOf(string name) => names.Resolve(name);

    public void Saw(int name, long at) => names.Saw(name, at);

    public long? HashOf(int? experiment, string id) => Fingerprint.Of(experiment ?? 0, id);

    /// <summary>Reads a unit's rows; events only of names that some experiment uses.</summary>
    public void Load(UnitWork work, Drafts drafts)
    {
        var unit = work.Unit!.Value;
        var exposures = database.Prepare("select experiment, variation, at, client_offset, id, attributes from exposures where unit = ?").Bind(1, unit);
        while (exposures.Step())
        {
            var at = exposures.Int64(2);
            var row = new ExposureRow(at, exposures.Int32(1), StoredId.Read(exposures, 4) ?? "", exposures.TextOrNull(5));
            work.In(drafts.Of(exposures.Int32(0))).Add(row, at + exposures.Int64OrNull(3));
        }

        exposures.Reset();
        var covariates = database.Prepare("select experiment, name, value from covariates where unit = ?").Bind(1, unit);
        while (covariates.Step()) work.In(drafts.Of(covariates.Int32(0))).Add(new CovariateRow(names.Text(covariates.Int32(1)), covariates.Real(2)));
        covariates.Reset();
        var events = database.Prepare("select name, at, value, delay, properties from events where unit = ?").Bind(1, unit);
        while (events.Step())
        {
            var name = names.Text(events.Int32(0));
            if (!drafts.IsUsed(name)) continue;
            var at = events.Int64(1);
            work.Events.Add(new EventRow(name, at, events.Real(2), at + events.Int64(3), events.TextOrNull(4)));
        }

        events.Reset();
    }

    /// <summary>The stored event of an id; null when the id is new.</summary>
    public EventContent? FindEvent(int? scope, string id, long? hash)
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
    public ExposureContent? FindExposure(int experiment, string id, long? hash)
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

    /// <summary>Writes a commit's rows, neighbours together.</summary>
    public void Write(CommitWork work, long batch)
    {
        var item = 0;
        work.Exposures.Sort((a, b) => a.Unit.Unit!.Value.CompareTo(b.Unit.Unit!.Value));
        foreach (var row in work.Exposures) Add(row.Unit.Unit!.Value, batch, item++, row.Experiment, row.Item, row.Hash, row.ArrivedAt);
        work.Events.Sort((a, b) => a.Unit.Unit!.Value.CompareTo(b.Unit.Unit!.Value));
        foreach (var row in work.Events) Add(row.Unit.Unit!.Value, batch, item++, row.Name, row.Scope, row.Item, row.Hash, row.ArrivedAt);
        foreach (var row in work.Covariates) Add(row.Unit.Unit!.Value, batch, row.Experiment, row.Name, row.Value);
    }

    /// <summary>The commit is on disk.</summary>
    public void Keep(CommitWork work)
    {
        foreach (var unit in work.Units)
            if (unit.Unit is { } number) units.Remember(unit.UserId, number);
    }

    private void Add(long unit, long batch, int item, int experiment, ExposureItem exposure, long? hash, long arrivedAt) =>
        database.Prepare(
            """
            insert into exposures (unit, batch, item, experiment, variation, at, client_offset, delay, id_hash, id, attributes, source)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
            .Bind(1, unit).Bind(2, batch).Bind(3, item).Bind(4, experiment).Bind(5, exposure.Variation).Bind(6, exposure.At)
            .Bind(7, exposure.ClientAt - exposure.At).Bind(8, arrivedAt - exposure.At).Bind(9, hash).BindId(10, exposure.Id)
            .Bind(11, exposure.Attributes).Bind(12, exposure.Source).Run();

    private void Add(long unit, long batch, int item, int name, int? scope, EventItem row, long? hash, long arrivedAt) =>
        database.Prepare(
            """
            insert into events (unit, batch, item, name, at, client_offset, delay, value, scope, id_hash, id, properties)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
            .Bind(1, unit).Bind(2, batch).Bind(3, item).Bind(4, name).Bind(5, row.At).Bind(6, row.ClientAt - row.At)
            .Bind(7, arrivedAt - row.At).Bind(8, row.Value).Bind(9, (long?)scope).Bind(10, hash).BindId(11, row.Id).Bind(12, row.Properties).Run();

    private void Add(long unit, long batch, int experiment, int name, double value) =>
        database.Prepare("insert into covariates (unit, experiment, name, batch, value) values (?, ?, ?, ?, ?)")
            .Bind(1, unit).Bind(2, experiment).Bind(3, name).Bind(4, batch).Bind(5, value).Run();
}
