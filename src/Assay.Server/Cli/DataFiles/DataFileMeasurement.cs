using System.Collections.Immutable;
using System.Text.Json;
using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;

namespace Assay.Server.Cli.DataFiles;

/// <summary>A data file as an experiment whose windows have all closed.</summary>
internal static class DataFileMeasurement
{
    public const int Epoch = 1;

    /// <summary>The design that a file implies: nothing is planned, so there is no baseline and no window to speak of.</summary>
    public static Design Design(DataFile file, DataFileShape shape)
    {
        var metrics = shape.Metrics.Select(metric => new Metric { Name = metric.Column, Event = metric.Column, Type = metric.Type, Direction = Direction.Increase, WindowHours = 72 }).ToList();
        return new Design
        {
            Key = file.Name,
            Name = file.Name,
            Setup = new Setup
            {
                Unit = shape.UnitColumn ?? "row",
                Variations = [.. file.Variations.Select(key => new Variation(key, JsonSerializer.SerializeToElement(key)))],
                TrafficSplit = shape.Split.Length > 0 ? shape.Split : [.. file.Variations.Select(_ => 1.0)],
                TrafficAllocation = 1,
                HoldoutFraction = 0,
            },
            Metrics = new MetricSet
            {
                Primary = metrics[0],
                MdePct = 5,
                MinimumEffectPct = 0,
                Alpha = 0.05,
                Power = 0.8,
                AttributionWindowHours = 72,
                MorePrimaries = [],
                Secondary = [.. metrics.Skip(1)],
                Guardrails = [],
                Covariates = [.. shape.Covariates.Select(name => new Covariate(name, CovariateSource.PrePeriod))],
            },
            Constraints = new Constraints(AnalysisMethod.FixedHorizon, 1, "obrien_fleming", "holm"),
        };
    }

    /// <summary>The accumulators of the file's units.</summary>
    public static MeasuredExperiment Measure(DataFile file, DataFileShape shape)
    {
        var arms = file.Variations.Length;
        var columns = 1 + (2 * shape.Covariates.Length);
        var metrics = shape.Metrics.Select(_ => Enumerable.Range(0, arms).Select(_ => new Accumulator(columns)).ToArray()).ToArray();
        var timing = Enumerable.Range(0, arms).Select(_ => new Accumulator(0)).ToArray();
        var covariates = new double[columns - 1];
        foreach (var unit in DataUnits.Of(file, shape))
        {
            for (var i = 0; i < unit.Covariates.Length; i++)
                (covariates[2 * i], covariates[(2 * i) + 1]) = double.IsNaN(unit.Covariates[i]) ? (0, 1) : (unit.Covariates[i], 0);
            for (var i = 0; i < metrics.Length; i++)
                metrics[i][unit.Arm].Add(new MetricValue(0, unit.Values[i], unit.Events[i], 0), covariates, unit.IsCrossover);
            timing[unit.Arm].Add(new EventTiming(0, unit.Events.Sum(), 0, 0));
        }

        var accumulators = ImmutableDictionary.CreateBuilder<AccumulatorKey, Accumulator>();
        for (var arm = 0; arm < arms; arm++)
        {
            accumulators.Add(new AccumulatorKey(Epoch, arm, AccumulatorKey.Timing, "", 0), timing[arm]);
            for (var i = 0; i < metrics.Length; i++) accumulators.Add(new AccumulatorKey(Epoch, arm, shape.Metrics[i].Column, "", 0), metrics[i][arm]);
        }

        return new MeasuredExperiment(file.Name, 0, 0, LastEventAt: null, Rearmed: 0, accumulators.ToImmutable());
    }
}
