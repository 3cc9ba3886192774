using Assay.Analysis.Readouts;
using Assay.Analysis.Verdicts;
using Assay.Server.Metrics;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard;

/// <summary>Why an experiment stands where it does in the list: the most urgent first.</summary>
internal enum Attention
{
    /// <summary>Units do not arrive in the planned proportions.</summary>
    SampleRatio,

    /// <summary>Health forbids to act, for another reason.</summary>
    Problem,

    /// <summary>A guardrail or a primary is shown to be worse.</summary>
    Harm,

    /// <summary>The verdict is one to act on: an effect is shown (a gain: of at least the smallest one worth shipping), nothing worthwhile is left, or the planned information is reached.</summary>
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
        _ when sheet.Readout?.Verdict.Status == VerdictStatus.Investigate => Attention.Problem,
        _ when sheet.Readout?.Guardrails.Status == GuardrailsStatus.Harm || sheet.Readout?.Verdict.Status == VerdictStatus.StopHarm => Attention.Harm,
        _ when IsReady(sheet) => Attention.ReadyToDecide,
        ExperimentStatus.Paused => Attention.Paused,
        _ => Attention.Running,
    };

    /// <summary>The list in reading order: the most urgent first, then the latest started.</summary>
    public static IEnumerable<ExperimentSheet> InOrder(IEnumerable<ExperimentSheet> sheets) => sheets
        .OrderBy(Of)
        .ThenByDescending(sheet => sheet.Experiment.StartedAt ?? sheet.Experiment.CreatedAt)
        .ThenBy(sheet => sheet.Experiment.Key, StringComparer.Ordinal);

    /// <summary>What waits for a guardrail is not ready, whatever its primary shows.</summary>
    private static bool IsReady(ExperimentSheet sheet) => sheet.Readout?.Verdict.Status switch
    {
        null or VerdictStatus.KeepRunning => false,
        VerdictStatus.NoWorthwhileEffect => true,
        _ => sheet.Progress >= 1 || ShowsEffect(sheet),
    };

    private static bool ShowsEffect(ExperimentSheet sheet) =>
        EffectRow.Of(sheet).Any(row => row.Role == MetricRole.Primary && row.Finding is (Finding.Better or Finding.Worse));
}
