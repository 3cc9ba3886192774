using System.Collections.Immutable;

namespace Assay.Server.Cli.Export;

/// <summary>What every format calls that of a unit which only a unit in an arm has.</summary>
internal static class UnitColumns
{
    public const string Variation = "variation";
    public const string Crossover = "crossover";
    public const string FirstExposureAt = "first_exposure_at";
    public const string EventsBefore = "events_before";
    public const string EventsInWindow = "events_in_window";
    public const string EventsAfter = "events_after";

    /// <summary>All of them, in order.</summary>
    public static ImmutableArray<string> All { get; } = [Variation, Crossover, FirstExposureAt, EventsBefore, EventsInWindow, EventsAfter];
}
