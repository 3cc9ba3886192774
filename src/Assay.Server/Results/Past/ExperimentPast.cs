using System.Collections.Immutable;
using System.Text.Json;
using Assay.Analysis.Designs;
using Assay.Analysis.Verdicts;
using Assay.Server.Storage;

namespace Assay.Server.Results.Past;

/// <summary>What is kept of an experiment's past, from which it can be told how it stood at any moment.</summary>
/// <param name="Now">The experiment as it is.</param>
/// <param name="Audit">All that the audit tells of it, in order.</param>
/// <param name="Records">All that was recorded of it, in order, without moments.</param>
/// <param name="Order">Where in the audit each of them is told.</param>
internal sealed record ExperimentPast(Experiment Now, ImmutableArray<AuditEntry> Audit, ImmutableArray<RecordRow> Records, AuditOrder Order)
{
    public static ExperimentPast Of(Experiment now, ImmutableArray<AuditEntry> audit, IEnumerable<RecordRow> records)
    {
        var order = AuditOrder.Of(audit);
        return new ExperimentPast(now, audit, [.. order.Sort(records)], order);
    }

    /// <summary>What other experiments had come to when each iteration that has ended began.</summary>
    public ImmutableDictionary<int, InstallationRecord> Installations { get; init; } = ImmutableDictionary<int, InstallationRecord>.Empty;

    /// <summary>The experiment at a moment, with what was recorded by then; null where it had not been started.</summary>
    /// <remarks>What was drawn of the same second may have been recorded after it was read.</remarks>
    public Experiment? At(PastMoment moment) =>
        Stood(Told(null, moment), IterationAt(moment), Records.Where(row => row.Watermark <= moment.Watermark && row.AsOf <= Microseconds.Of(moment.AsOf) && moment.IsAfter(Microseconds.ToTime(row.At))));

    /// <summary>The experiment at the moment that a record is of, with what was recorded before it; null where it had not been started.</summary>
    public Experiment? Before(RecordRow row, PastMoment moment) => Stood(Told(Order.Of(row), moment), row.Iteration, Records.TakeWhile(earlier => earlier != row));

    /// <summary>The experiment as it was decided on, with what was recorded before the decision; null where it had not been started.</summary>
    public Experiment? Before(DecisionRow row, PastMoment moment) =>
        Order.Of(row) is { } place ? Stood(Audit.Take(place), row.Iteration, Records.Where(earlier => Order.Of(earlier) < place)) : At(moment);

    /// <summary>What was told before a place in the audit, whatever the clock did; where there is none, what was told by a moment.</summary>
    private IEnumerable<AuditEntry> Told(int? place, PastMoment moment) => place is { } before ? Audit.Take(before) : Audit.Where(entry => moment.IsAfter(entry.At));

    private Experiment? Stood(IEnumerable<AuditEntry> told, int iteration, IEnumerable<RecordRow> recorded)
    {
        var status = ExperimentStatus.Draft;
        foreach (var entry in told) status = After(entry.Action) ?? status;
        if (status == ExperimentStatus.Draft || Now.StartedAt is null) return null;
        var isOver = status is ExperimentStatus.Stopped or ExperimentStatus.Archived;
        return In(iteration) with
        {
            Status = status,
            StoppedAt = isOver ? Now.StoppedAt : null,
            ClosesAt = isOver ? Now.ClosesAt : null,
            Recorded = Recorded.Of(recorded, iteration),
        };
    }

    private static ExperimentStatus? After(string action) => action switch
    {
        "started" or "resumed" => ExperimentStatus.Running,
        "paused" => ExperimentStatus.Paused,
        "stopped" => ExperimentStatus.Stopped,
        "archived" => ExperimentStatus.Archived,
        _ => null,
    };

    /// <summary>Iterations that have ended, and what is kept of each.</summary>
    public IEnumerable<(int Iteration, JsonElement Content)> Ended =>
        Records.Where(row => Wire.Parse<RecordKind>(row.Kind) == RecordKind.Iteration).OrderBy(row => row.Iteration).Select(row => (row.Iteration, JsonElement.Parse(row.Content)));

    /// <summary>When an iteration that has ended began.</summary>
    public static DateTimeOffset BeganAt(JsonElement ended) => ended.GetProperty("began_at").GetDateTimeOffset();

    /// <summary>The first iteration that had not been ended by then.</summary>
    private int IterationAt(PastMoment moment) =>
        Ended.Where(ended => !moment.IsAfter(ended.Content.GetProperty("ended_at").GetDateTimeOffset())).Select(ended => ended.Iteration).DefaultIfEmpty(Now.Iteration).First();

    /// <summary>The experiment under the design that an iteration had.</summary>
    private Experiment In(int iteration)
    {
        if (iteration == Now.Iteration) return Now;
        var content = Ended.Single(ended => ended.Iteration == iteration).Content;
        var design = DesignReader.Read(content.GetProperty("design")).Design ?? throw new InvalidDataException($"The design of iteration {iteration} of '{Now.Key}' cannot be read.");
        return Now with
        {
            Design = design,
            // What was kept before plans were is priced as it would be now.
            Plan = content.TryGetProperty("plan", out var plan) ? ExperimentRow.ReadPlan(plan.GetRawText()) : Pricing.Price(design),
            Iteration = iteration,
            IterationStartedAt = BeganAt(content) is var began && began == Now.StartedAt ? null : began,
            Installation = Installations.GetValueOrDefault(iteration),
        };
    }
}
