using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Analysis.Verdicts;

namespace Assay.Server.Dashboard.Planning;

/// <summary>What a design takes, as the page shows it. Public because components are; what is inside stays in the server.</summary>
public sealed record Sizing
{
    private Sizing(Design design, DesignQuote quote, ImmutableArray<PowerPoint> power, OperatingCharacteristics? risks)
    {
        Design = design;
        Quote = quote;
        Power = power;
        Risks = risks;
    }

    internal Design Design { get; }

    internal DesignQuote Quote { get; }

    /// <summary>Of one treatment on the primary, at the planned size.</summary>
    internal ImmutableArray<PowerPoint> Power { get; }

    /// <summary>Null unless they were asked for: they are simulated.</summary>
    internal OperatingCharacteristics? Risks { get; }

    internal static Sizing Of(Design design, bool simulate, CancellationToken cancellation)
    {
        var quote = DesignQuote.Of(design);
        return new(
            design, quote, PowerCurve.Of(design, quote.PlannedSampleSizes),
            simulate ? OperatingCharacteristics.Of(design, OperatingCharacteristics.DefaultRuns, seed: 1, cancellation) : null);
    }
}
