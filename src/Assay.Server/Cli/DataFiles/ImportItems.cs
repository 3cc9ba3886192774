using System.Collections.Immutable;
using System.Globalization;
using Assay.Analysis.Designs;
using Assay.Sdk;

namespace Assay.Server.Cli.DataFiles;

/// <summary>A data file as what an application would have sent: exposures, covariates and events, all at the experiment's start.</summary>
/// <remarks>
/// Identities derive from content and from a row's ordinal among equal rows, so that a repeated or shuffled import is all duplicates. A row that is its own unit is named
/// with the experiment, since the same file in another experiment holds other units.
/// </remarks>
internal sealed record ImportItems(
    IReadOnlyList<ExposureItem> Exposures, IReadOnlyList<PrePeriodItem> Covariates, IReadOnlyList<EventItem> Events)
{
    /// <param name="file">The rows.</param>
    /// <param name="shape">What their columns mean.</param>
    /// <param name="experiment">Key of the experiment.</param>
    /// <param name="startedAt">Its start.</param>
    /// <param name="eventNames">The name of each metric's event.</param>
    public static ImportItems Of(DataFile file, DataFileShape shape, string experiment, DateTimeOffset startedAt, ImmutableArray<string> eventNames)
    {
        var exposures = new List<ExposureItem>(file.Rows.Count);
        var covariates = new List<PrePeriodItem>();
        var events = new List<EventItem>();
        var (exposed, covered) = (new HashSet<(string, int)>(), new HashSet<(string, int)>());
        foreach (var row in file.Rows)
        {
            var unit = row.Unit ?? $"row-{RowIdentity.Digest(experiment, row.Identity)}";
            var variation = file.Variations[row.Variation];
            if (exposed.Add((unit, row.Variation)))
                exposures.Add(new ExposureItem(unit, null, startedAt, RowIdentity.Digest("exposure", unit, variation), variation, Source: "import"));
            for (var i = 0; i < row.Covariates.Length; i++)
                if (!double.IsNaN(row.Covariates[i]) && covered.Add((unit, i))) covariates.Add(new PrePeriodItem(unit, shape.Covariates[i], row.Covariates[i]));
            for (var i = 0; i < row.Metrics.Length; i++)
                AddEvents(events, row, row.Metrics[i], unit, shape.Metrics[i], eventNames[i], startedAt);
        }

        return new ImportItems(exposures, covariates, events);
    }

    private static void AddEvents(List<EventItem> events, DataRow row, double cell, string unit, MetricColumn metric, string name, DateTimeOffset at)
    {
        var count = DataUnits.EventsOf(cell, metric.Type);
        for (var ordinal = 1L; ordinal <= count; ordinal++)
        {
            var id = RowIdentity.Digest("event", unit, row.Identity, metric.Column, ordinal.ToString(CultureInfo.InvariantCulture));
            events.Add(new EventItem(id, unit, name, metric.Type == MetricType.Continuous ? cell : null, at));
        }
    }
}
