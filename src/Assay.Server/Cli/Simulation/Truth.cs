using System.Collections.Immutable;
using System.Globalization;
using Assay.Analysis.Designs;

namespace Assay.Server.Cli.Simulation;

/// <summary>What is really so in a simulated experiment; the analysis is not told.</summary>
/// <param name="Events">How units convert.</param>
/// <param name="EffectPct">Relative effect of every treatment on the rate of every event that has no effect of its own, percent.</param>
/// <param name="DuplicateShare">Share of items that are sent twice.</param>
/// <param name="LostShare">Share of exposures of the last arm that never arrive: a sample-ratio fault.</param>
/// <param name="Covariate">Name of the pre-period covariate to send, or null.</param>
internal sealed record Truth(
    ImmutableArray<EventTruth> Events, double EffectPct = 0, double DuplicateShare = 0, double LostShare = 0, string? Covariate = null)
{
    /// <summary>A truth whose control behaves as the design expects.</summary>
    public static Truth Of(Design design)
    {
        ArgumentNullException.ThrowIfNull(design);
        var events = design.Metrics.All.GroupBy(metric => metric.Event, StringComparer.Ordinal).Select(Expect);
        return new Truth([.. events], Covariate: design.Metrics.Covariates.FirstOrDefault()?.Name);
    }

    private static EventTruth Expect(IGrouping<string, Metric> named)
    {
        var binary = named.FirstOrDefault(metric => metric.Type == MetricType.Binary)?.BaselineValue;
        var count = named.FirstOrDefault(metric => metric.Type == MetricType.Count)?.BaselineValue;
        var mean = named.FirstOrDefault(metric => metric.Type == MetricType.Continuous)?.BaselineValue;
        var rate = binary ?? count ?? 0.1;
        return new EventTruth(named.Key, rate, MeanValue: mean / rate ?? 40, Repeats: count is not null, WindowHours: named.Max(metric => metric.WindowHours));
    }

    /// <summary>Draws everything one unit will do if exposed at <paramref name="exposedAt"/>.</summary>
    public Visit Draw(string userId, int arm, DateTimeOffset exposedAt, ref Draws draws)
    {
        // A unit's disposition makes its past explain part of its future, which is what the covariate is for.
        var disposition = draws.LogNormal(0.6);
        var conversions = ImmutableArray.CreateBuilder<Conversion>();
        foreach (var happening in Events)
        {
            var effect = arm > 0 ? happening.EffectPct ?? EffectPct : 0;
            var rate = happening.Rate * (1 + (effect / 100)) * disposition;
            var times = happening.Repeats ? draws.Poisson(rate) : draws.Uniform() < rate ? 1 : 0;
            for (var i = 0; i < times; i++)
            {
                var delay = TimeSpan.FromHours(Math.Min(draws.Uniform() < 0.6 ? draws.Exponential(0.01) : draws.Exponential(6), happening.WindowHours * 0.98));
                var value = Math.Round(happening.MeanValue * disposition * draws.LogNormal(0.5), 2);
                conversions.Add(new Conversion(happening.Name, value, exposedAt + delay, string.Create(CultureInfo.InvariantCulture, $"{userId}:{happening.Name}:{i}")));
            }
        }

        var before = Math.Round(40 * disposition * draws.LogNormal(0.5), 2);
        return new Visit(userId, arm, exposedAt, conversions.ToImmutable(), before);
    }
}

/// <param name="Rate">Under control: probability, or mean number when <paramref name="Repeats"/>.</param>
/// <param name="MeanValue">Mean value of an event.</param>
/// <param name="EffectPct">Relative effect of a treatment on the rate, percent; null for that of the <see cref="Truth"/>.</param>
internal sealed record EventTruth(string Name, double Rate, double MeanValue, bool Repeats, double WindowHours, double? EffectPct = null);

/// <summary>One unit's exposure and all that follows from it.</summary>
internal sealed record Visit(string UserId, int Arm, DateTimeOffset At, ImmutableArray<Conversion> Conversions, double Before)
{
    /// <summary>What the exposure is sent with; null for nothing.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }
}

internal sealed record Conversion(string Event, double Value, DateTimeOffset At, string Key);
