using System.Collections.Immutable;
using System.Text.Json;
using Assay.Analysis.Derivations;
using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;
using Assay.Analysis.Readouts;
using Assay.Analysis.Verdicts;

namespace Assay.Analysis.Tests.Readouts;

/// <summary>An experiment of the tests: a design, a plan and units put straight into accumulators.</summary>
internal sealed class Scene
{
    public static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    public static readonly long Matured = (long)(Now.AddHours(-1) - DateTimeOffset.UnixEpoch).TotalMicroseconds;
    public static readonly long Open = (long)(Now.AddHours(1) - DateTimeOffset.UnixEpoch).TotalMicroseconds;

    private readonly Dictionary<AccumulatorKey, Accumulator> _accumulators = [];

    public Design Design { get; set; } = DesignOf(Metric("purchase", MetricType.Binary) with { BaselineValue = 0.042 });

    public ExperimentPlan? Plan { get; set; } = PlanOf(146_642, 146_642);

    public ImmutableArray<LookReadout> Looks { get; set; } = [];

    public ImmutableArray<Crossing> Crossings { get; set; } = [];

    public bool AllPairs { get; set; }

    public bool Final { get; set; }

    public DateTimeOffset AsOf { get; set; } = Now;

    public InstallationRecord? Record { get; set; }

    public long? LastEventAt { get; set; }

    public DateTimeOffset? StoppedAt { get; set; }

    public int Columns => 1 + (2 * Design.Metrics.Covariates.Length);

    public static Metric Metric(string name, MetricType type, Direction direction = Direction.Increase) =>
        new() { Name = name, Event = name, Type = type, Direction = direction, WindowHours = 72 };

    public static ExperimentPlan PlanOf(params long[] sizes) =>
        new() { PlannedSampleSizePerVariant = sizes[0], PlannedSampleSizes = [.. sizes], DurationDays = null, Boundaries = [] };

    public static Design DesignOf(Metric primary, int arms = 2) => new()
    {
        Key = "checkout",
        Name = "Checkout",
        Setup = new Setup
        {
            Unit = "user",
            Variations = [.. Enumerable.Range(0, arms).Select(arm => new Variation($"v{arm}", JsonSerializer.SerializeToElement(arm)))],
            TrafficSplit = [.. Enumerable.Repeat(1.0, arms)],
            TrafficAllocation = 1,
            HoldoutFraction = 0,
        },
        Metrics = new MetricSet
        {
            Primary = primary,
            MdePct = 5,
            MinimumEffectPct = 0,
            Alpha = 0.05,
            Power = 0.8,
            AttributionWindowHours = 72,
            MorePrimaries = [],
            Secondary = [],
            Guardrails = [],
            Covariates = [],
        },
        Constraints = new Constraints(AnalysisMethod.AlwaysValid, 1, "obrien_fleming", "holm"),
    };

    /// <summary>Changes the metrics of the design.</summary>
    public Scene Metrics(Func<MetricSet, MetricSet> change)
    {
        Design = Design with { Metrics = change(Design.Metrics) };
        return this;
    }

    public Scene Method(AnalysisMethod method)
    {
        Design = Design with { Constraints = Design.Constraints with { Analysis = method } };
        return this;
    }

    /// <summary>Adds units to an arm of a metric, of which some converted.</summary>
    public Scene Proportion(int arm, long converted, long units, string metric = "purchase", long? maturesAt = null, string slice = "")
    {
        var accumulator = At(new AccumulatorKey(0, arm, metric, slice, maturesAt ?? Matured));
        Repeat(accumulator, new MetricValue(maturesAt ?? Matured, 1, 1, 0), converted);
        Repeat(accumulator, new MetricValue(maturesAt ?? Matured, 0, 0, 0), units - converted);
        return this;
    }

    /// <summary>Adds units with given values to an arm of a metric.</summary>
    public Scene Values(int arm, string metric, IEnumerable<double> values, long? maturesAt = null, Func<int, double[]>? covariates = null)
    {
        var accumulator = At(new AccumulatorKey(0, arm, metric, "", maturesAt ?? Matured));
        var unit = 0;
        foreach (var value in values)
            accumulator.Add(new MetricValue(maturesAt ?? Matured, value, value == 0 ? 0 : 1, 0), covariates?.Invoke(unit++) ?? [], false);
        return this;
    }

    /// <summary>Adds units of a binary metric that did so on each of their days, by age and among all, to an arm.</summary>
    public Scene Aged(int arm, string metric, double[] days, long units, long? maturesAt = null)
    {
        var at = maturesAt ?? Matured;
        var value = new MetricValue(at, days.Max(), (long)days.Sum(), 0);
        Repeat(At(new AccumulatorKey(0, arm, metric, "", at)), value, units);
        var key = new AccumulatorKey(0, arm, metric, AccumulatorKey.Age, at);
        if (!_accumulators.TryGetValue(key, out var ages)) _accumulators[key] = ages = new Accumulator(days.Length);
        for (var unit = 0; unit < units; unit++) ages.Add(value with { Value = days[0] }, days.AsSpan(1), false);
        return this;
    }

    public Scene Unit(int arm, string metric, MetricValue value, bool isCrossover = false)
    {
        At(new AccumulatorKey(0, arm, metric, "", value.MaturesAt)).Add(value, default, isCrossover);
        return this;
    }

    public Scene Timing(int arm, EventTiming timing)
    {
        var key = new AccumulatorKey(0, arm, AccumulatorKey.Timing, "", 0);
        if (!_accumulators.TryGetValue(key, out var accumulator)) _accumulators[key] = accumulator = new Accumulator(0);
        accumulator.Add(timing);
        return this;
    }

    public Readout Read(string status = "running") => Readout.Analyse(Input(status));

    /// <summary>The looks that are due.</summary>
    public ImmutableArray<LookReadout> Due() => LookTaking.Due(Input(StoppedAt is null ? "running" : "stopped"));

    /// <summary>The course of a metric; of the primary unless named.</summary>
    public TimelineReadout Trace(string? metric = null) =>
        TimelineReadout.Trace(Input("running"), metric is null ? Design.Metrics.Primary : Design.Metrics.All.Single(known => known.Name == metric));

    /// <summary>How the numbers of a metric came about.</summary>
    public Derivation Derive(Metric metric) => Derivation.Of(Input("running"), metric);

    private ReadoutInput Input(string status) => new(
        Design, Plan, Design.Key, status, 1, 0, new MeasuredExperiment(Design.Key, 7, 7, LastEventAt, 0, _accumulators.ToImmutableDictionary()), Looks, AsOf, AllPairs, Final)
    {
        StoppedAt = StoppedAt,
        Crossings = Crossings,
        Record = Record,
    };

    /// <summary>Adds a unit many times over by doubling.</summary>
    private void Repeat(Accumulator sum, MetricValue value, long times)
    {
        var power = new Accumulator(Columns);
        power.Add(value, new double[Columns - 1], false);
        for (; times > 0; times >>= 1)
        {
            if ((times & 1) == 1) sum.Add(power);
            power.Add(power.Clone());
        }
    }

    private Accumulator At(AccumulatorKey key)
    {
        if (!_accumulators.TryGetValue(key, out var accumulator)) _accumulators[key] = accumulator = new Accumulator(Columns);
        return accumulator;
    }
}
