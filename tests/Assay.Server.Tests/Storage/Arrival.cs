using Assay.Server.Storage;

namespace Assay.Server.Tests.Storage;

/// <summary>One item on its way, with the arrival that belongs to it whatever batch it travels in.</summary>
internal sealed record Arrival(string? Experiment, long ArrivedAt, ExposureItem? Exposure, EventItem? Event, CovariateItem? Covariate)
{
    public Batch Alone() => Together([this]);

    /// <summary>One batch of items that share their route and their arrival.</summary>
    public static Batch Together(IReadOnlyList<Arrival> items) => new(items[0].Experiment, items[0].ArrivedAt)
    {
        Exposures = [.. items.Select(item => item.Exposure).OfType<ExposureItem>()],
        Events = [.. items.Select(item => item.Event).OfType<EventItem>()],
        Covariates = [.. items.Select(item => item.Covariate).OfType<CovariateItem>()],
    };
}
