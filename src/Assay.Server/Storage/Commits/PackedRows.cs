using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>Between the rows of a commit and those that are packed.</summary>
internal static class PackedRows
{
    public static PackedRow Of(NewExposure row, long batch, int item) => new(RowKind.Exposure)
    {
        Batch = batch,
        Item = item,
        Experiment = row.Experiment,
        Variation = row.Item.Variation,
        At = row.Item.At,
        ClientAt = row.Item.ClientAt,
        ArrivedAt = row.ArrivedAt,
        Id = row.Item.Id,
        Json = row.Item.Attributes,
        Source = row.Item.Source,
    };

    public static PackedRow Of(NewEvent row, long batch, int item, bool keepsId = false) => new(RowKind.Event)
    {
        Batch = batch,
        Item = item,
        Experiment = row.Scope ?? 0,
        Name = row.Name,
        At = row.Item.At,
        ClientAt = row.Item.ClientAt,
        ArrivedAt = row.ArrivedAt,
        Value = row.Item.Value,
        EventId = row.Id,
        Id = keepsId && row.Id is { } stored ? EventId.Beside(row.Item.Id!, stored) : null,
        Json = row.Item.Properties,
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
            if (row.Kind == RowKind.Event) work.Events.Add(EventOf(row, nameOf));
            else if (viewOf(row.Experiment) is { } view) Add(work.In(view), row, nameOf);
        }
    }

    /// <summary>Gives a unit the stored events that were left out, in front of its new ones.</summary>
    public static void LoadEvents(UnitWork work, ReadOnlySpan<byte> rows, Func<int, string> nameOf)
    {
        var events = new List<EventRow>();
        for (var place = 0; place < rows.Length;)
            if (RowPacking.Read(rows, ref place) is { Kind: RowKind.Event } row) events.Add(EventOf(row, nameOf));
        work.Events.InsertRange(0, events);
    }

    private static void Add(UnitInView unit, in PackedRow row, Func<int, string> nameOf)
    {
        if (row.Kind == RowKind.Exposure) unit.Add(new ExposureRow(row.At, row.Variation, row.Id ?? "", row.Json), row.ClientAt);
        else unit.Add(new CovariateRow(nameOf(row.Name), row.Value));
    }

    private static EventRow EventOf(in PackedRow row, Func<int, string> nameOf) => new(nameOf(row.Name), row.At, row.Value, row.ArrivedAt, row.Json);
}
