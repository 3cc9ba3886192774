namespace Assay.Server.Metrics;

/// <summary>What a metric is for in a design.</summary>
internal enum MetricRole
{
    Primary,
    Secondary,
    Guardrail,
}
