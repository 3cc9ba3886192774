using Assay.Analysis.Readouts;
using Assay.Server.Metrics;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard;

/// <summary>Why an experiment stands where it does in the list: the most urgent first.</summary>
internal enum Attention
{
    /// <summary>Units do not arrive in the planned proportions.</summary>
    SampleRatio,

    /// <summary>A guardrail is shown to be harmed.</summary>
    Harm,

    /// <summary>The decision shows an effect (a gain: of at least the smallest one worth shipping), or the planned information is reached.</summary>
    ReadyToDecide,

    Running,

    Paused,

    Draft,

    Stopped,

    Archived,
}

internal static class Attentions
{
    public static Attention Of(ExperimentSheet sheet) => sheet.Experiment.Status switch
    {
        ExperimentStatus.Draft => Attention.Draft,
        ExperimentStatus.Archived => Attention.Archived,
        ExperimentStatus.Stopped => Attention.Stopped,
        _ when sheet.Readout?.Srm.Status == SampleRatioStatus.Alarm => Attention.SampleRatio,
        _ when sheet.Readout?.Guardrails.Status == GuardrailsStatus.Harm => Attention.Harm,
        _ when IsReady(sheet) => Attention.ReadyToDecide,
        ExperimentStatus.Paused => Attention.Paused,
        _ => Attention.Running,
    };

    /// <summary>The list in reading order: the most urgent first, then the latest started.</summary>
    public static IEnumerable<ExperimentSheet> InOrder(IEnumerable<ExperimentSheet> sheets) => sheets
        .OrderBy(Of)
        .ThenByDescending(sheet => sheet.Experiment.StartedAt ?? sheet.Experiment.CreatedAt)
        .ThenBy(sheet => sheet.Experiment.Key, StringComparer.Ordinal);

    private static bool IsReady(ExperimentSheet sheet) =>
        sheet.Progress >= 1
        || EffectRow.Of(sheet).Any(row => row.Role == MetricRole.Primary && row.Finding is (Finding.Better or Finding.Worse));
}
