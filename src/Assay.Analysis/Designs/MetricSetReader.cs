using System.Collections.Immutable;

namespace Assay.Analysis.Designs;

/// <summary>Reads <c>metrics</c>: the primary (flat), the others by role, and the error rates.</summary>
internal static class MetricSetReader
{
    public static MetricSet Read(Fields fields)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var window = MetricReader.AttributionWindow(fields);
        var metrics = new MetricSet
        {
            Primary = MetricReader.Read(fields, MetricRole.Primary, window, names),
            MdePct = fields.Number("mde_pct", NumberRange.Positive, required: true) ?? double.NaN,
            MinimumEffectPct = fields.Number("minimum_effect_pct", NumberRange.NonNegative) ?? 0,
            Alpha = fields.Number("alpha", new NumberRange(0, false, 0.5, false)) ?? 0.05,
            Power = fields.Number("power", NumberRange.Share) ?? 0.8,
            AttributionWindowHours = window,
            MorePrimaries = Metrics(fields, "more_primaries", MetricRole.FurtherPrimary, window, names),
            Secondary = Metrics(fields, "secondary", MetricRole.Secondary, window, names),
            Guardrails = Metrics(fields, "guardrails", MetricRole.Guardrail, window, names),
            Covariates = Covariates(fields),
        };
        CheckPower(fields, metrics);
        CheckAlternative(fields, metrics);
        fields.RefuseUnknown();
        return metrics;
    }

    private static ImmutableArray<Metric> Metrics(Fields metrics, string field, MetricRole role, double window, HashSet<string> names)
    {
        var list = ImmutableArray.CreateBuilder<Metric>();
        foreach (var fields in metrics.Objects(field) ?? [])
        {
            list.Add(MetricReader.Read(fields, role, window, names));
            fields.RefuseUnknown();
        }

        return list.ToImmutable();
    }

    private static ImmutableArray<Covariate> Covariates(Fields metrics)
    {
        var list = ImmutableArray.CreateBuilder<Covariate>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var fields in metrics.Objects("covariates") ?? [])
        {
            var name = fields.Text("name", 100, required: true);
            if (name is not null && !names.Add(name)) fields.Report("name", DesignErrorCode.Duplicate, $"Another covariate has the name '{name}'.");
            var source = fields.Choice("source", later: [CovariateSource.Events]) ?? CovariateSource.PrePeriod;
            if (source == CovariateSource.Events)
                fields.Report("source", DesignErrorCode.NotSupportedYet, "Covariates measured from events are not supported yet.");
            if (list.Count == 1) fields.Report(DesignErrorCode.NotSupportedYet, "More than one covariate is not supported yet.");
            fields.RefuseUnknown();
            list.Add(new Covariate(name ?? "", source));
        }

        return list.ToImmutable();
    }

    private static void CheckPower(Fields fields, MetricSet metrics)
    {
        if (fields.AreSound("alpha", "power") && metrics.Power <= metrics.Alpha)
            fields.Report("power", DesignErrorCode.OutOfRange, "The power must exceed α, which a test reaches without any effect.");
    }

    private static void CheckAlternative(Fields fields, MetricSet metrics)
    {
        if (!fields.AreSound("metric_type", "direction", "baseline_value", "mde_pct")) return;
        if (metrics.Primary is not { BaselineValue: { } baseline } primary) return;
        var alternative = baseline + Pricing.Difference(metrics);
        if (primary.Type == MetricType.Binary && !NumberRange.Share.Contains(alternative))
            fields.Report("mde_pct", DesignErrorCode.OutOfRange, "The baseline, moved by the effect in the desired direction, must stay between 0 and 1.");
        else if (primary.Type == MetricType.Count && alternative < 0)
            fields.Report("mde_pct", DesignErrorCode.OutOfRange, "A count cannot fall by more than 100 percent.");
    }
}
