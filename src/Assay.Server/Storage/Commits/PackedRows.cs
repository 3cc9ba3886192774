using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>Between the rows of a commit and those that are packed.</summary>
internal static class PackedRows
{
    public static PackedRow Of(NewExposure row, long batch, int item) => Of(row.Item, row.Experiment) with { Batch = batch, Item = item, ArrivedAt = row.ArrivedAt };

    public static PackedRow Of(NewEvent row, long batch, int item, bool keepsId = false) => Of(row.Item, row.Item.Stored?.Id, row.Scope, row.Name) with
    {
        Batch = batch,
        Item = item,
        ArrivedAt = row.ArrivedAt,
        Id = keepsId && row.Item.Stored?.Id is { } stored ? EventId.Beside(row.Item.Id!, stored) : null,
    };

    /// <summary>What a client sent, apart from whose it is.</summary>
    public static PackedRow Of(ExposureItem item, int experiment) => new(RowKind.Exposure)
    {
        Experiment = experiment,
        Variation = item.Variation,
        At = item.At,
        ClientAt = item.ClientAt,
        Id = item.Id,
        Json = item.Attributes,
        Source = item.Source,
    };

    /// <summary>What a client sent, apart from whose it is.</summary>
    public static PackedRow Of(EventItem item, Guid? id, int? scope, int name) => new(RowKind.Event)
    {
        Experiment = scope ?? 0,
        Name = name,
        At = item.At,
        ClientAt = item.ClientAt,
        Value = item.Value,
        EventId = id,
        Json = item.Properties,
    };

    public static PackedRow Of(NewCovariate row, long batch) => new(RowKind.Covariate) { Batch = batch, Experiment = row.Experiment, Name = row.Name, Value = row.Value };

    /// <summary>A row without what a measure has no use for.</summary>
    public static PackedRow Measured(in PackedRow row) => row with
    {
        Batch = 0,
        Experiment = row.Kind == RowKind.Event ? 0 : row.Experiment,
        ClientAt = row.Kind == RowKind.Exposure ? row.ClientAt : null,
        EventId = null,
        Id = row.Kind == RowKind.Event ? null : row.Id,
        Source = null,
    };

    /// <summary>Gives a unit the rows that are stored of it.</summary>
    /// <param name="work">The unit, its packed rows found.</param>
    /// <param name="nameOf">The text of a name.</param>
    /// <param name="viewOf">The experiment of a number; null where the commit has nothing to do with it.</param>
    public static void Load(UnitWork work, Func<int, string> nameOf, Func<int, ViewDraft?> viewOf)
    {
        for (var place = 0; place < work.Rows!.Length;)
        {
            var row = RowPacking.Read(work.Rows, ref place);
            if (row.Kind == RowKind.Event) work.StoredEvents.Add(EventOf(row, nameOf));
            else if (viewOf(row.Experiment) is { } view) Add(work.In(view), row, nameOf);
        }
    }

    /// <summary>Gives a unit the stored events that were left out.</summary>
    public static void LoadEvents(UnitWork work, ReadOnlySpan<byte> rows, Func<int, string> nameOf)
    {
        for (var place = 0; place < rows.Length;)
            if (RowPacking.Read(rows, ref place) is { Kind: RowKind.Event } row) work.StoredEvents.Add(EventOf(row, nameOf));
    }

    private static void Add(UnitInView unit, in PackedRow row, Func<int, string> nameOf)
    {
        if (row.Kind == RowKind.Exposure) unit.Add(new ExposureRow(row.At, row.Variation, row.Id ?? "", row.Json), row.ClientAt);
        else unit.Add(new CovariateRow(nameOf(row.Name), row.Value));
    }

    private static EventRow EventOf(in PackedRow row, Func<int, string> nameOf) => new(nameOf(row.Name), row.At, row.Value, row.ArrivedAt, row.Json);
}
