using Assay.Server.Storage;

namespace Assay.Server.Tests.Storage;

/// <summary>One item on its way, with the arrival that belongs to it whatever batch it travels in.</summary>
internal sealed record Arrival(string? Experiment, long ArrivedAt, ExposureItem? Exposure, EventItem? Event, CovariateItem? Covariate)
{
    public Batch Alone() => Together([this]);

    /// <summary>The same of another unit, with an id of its own.</summary>
    public Arrival Of(int crowd) => this with
    {
        Exposure = Exposure is { } exposure ? exposure with { UserId = $"{exposure.UserId}-{crowd}", Id = exposure.Id is { } id ? $"{id}-{crowd}" : null } : null,
        Event = Event is { } e ? e with { UserId = $"{e.UserId}-{crowd}", Id = e.Id is { } own ? $"{own}-{crowd}" : null } : null,
        Covariate = Covariate is { } covariate ? covariate with { UserId = $"{covariate.UserId}-{crowd}" } : null,
    };

    /// <summary>One batch of items that share their route and their arrival.</summary>
    public static Batch Together(IReadOnlyList<Arrival> items) => new(items[0].Experiment, items[0].ArrivedAt)
    {
        Exposures = [.. items.Select(item => item.Exposure).OfType<ExposureItem>()],
        Events = [.. items.Select(item => item.Event).OfType<EventItem>()],
        Covariates = [.. items.Select(item => item.Covariate).OfType<CovariateItem>()],
    };
}
