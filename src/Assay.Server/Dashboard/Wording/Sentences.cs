using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Analysis.Verdicts;
using Assay.Analysis.Wording;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Wording;

/// <summary>The sentences that are made of findings.</summary>
internal static class Sentences
{
    private static readonly Texts Text = Texts.Of(typeof(Sentences));

    public static string WordDraft => Text.Get();
    public static string WordAlarm => Text.Get();
    public static string WordProblem => Text.Get();
    public static string WordWaiting => Text.Get();
    public static string WordBetter => Text.Get();
    public static string WordBelowMinimum => Text.Get();
    public static string WordWorse => Text.Get();
    public static string WordNotShown => Text.Get();
    public static string WordReference => Text.Get();
    public static string WordTooEarly => Text.Get();

    public static string HeadlineDraft => Text.Get();
    public static string HeadlineAlarm => Text.Get();
    public static string HeadlineProblem => Text.Get();
    public static string HeadlineNoUnits => Text.Get();
    public static string HeadlineTooEarly => Text.Get();
    public static string HeadlineUndetermined => Text.Get();
    public static string DetailReference => Text.Get();

    public static string WordNoLook(ExperimentSheet sheet) => Text.Get(StaysLocked(sheet) ? "WordNoLook.over" : "WordNoLook.until");

    public static string WordLocked(ExperimentSheet sheet) => Text.Get(StaysLocked(sheet) ? "WordLocked.over" : "WordLocked.until");

    public static string HeadlineNoLook(ExperimentSheet sheet) => Text.Get(StaysLocked(sheet) ? "HeadlineNoLook.over" : "HeadlineNoLook.until");

    public static string HeadlineLocked(ExperimentSheet sheet) => Text.Get(StaysLocked(sheet) ? "HeadlineLocked.over" : "HeadlineLocked.until");

    public static string HeadlineFirstWindow(DateTimeOffset? at) => at is { } time
        ? Text.Format("HeadlineFirstWindow.closes", Figures.Time(time))
        : Text.Get("HeadlineFirstWindow.none");

    public static string HeadlineDecided(EffectRow lead, int better, int worse, int of)
    {
        if (of == 1) return Text.Format(better > 0 ? "HeadlineDecided.better" : "HeadlineDecided.worse", lead.Treatment, lead.Control, lead.Metric, Numbers(lead));
        var (plain, ofLeast, count) = (better, worse) switch
        {
            ( > 0, 0) => ("HeadlineDecided.gains", "HeadlineDecided.gains_of_least", better),
            (0, _) => ("HeadlineDecided.losses", "HeadlineDecided.losses_of_least", worse),
            _ => ("HeadlineDecided.both", "HeadlineDecided.both_of_least", better),
        };
        return Text.Plural(lead.MinimumEffectPct > 0 ? ofLeast : plain, count, Figures.Count(count), Figures.Count(of), lead.Treatment, lead.Metric, Numbers(lead), Figures.Count(worse), Minimum(lead));
    }

    public static string HeadlineBelowMinimum(EffectRow lead, ExperimentSheet sheet) =>
        Text.Format(IsOver(sheet) ? "HeadlineBelowMinimum.over" : "HeadlineBelowMinimum.yet", lead.Treatment, lead.Control, lead.Metric, Minimum(lead), Numbers(lead));

    public static string HeadlineNotShown(EffectRow lead, int of, ExperimentSheet sheet) => of == 1
        ? Text.Format(IsOver(sheet) ? "HeadlineNotShown.over" : "HeadlineNotShown.yet", lead.Treatment, lead.Control, lead.Metric, Numbers(lead))
        : Text.Plural(IsOver(sheet) ? "HeadlineNotShown.any_over" : "HeadlineNotShown.any_yet", of, lead.Treatment, lead.Control, lead.Metric, Numbers(lead), Figures.Count(of));

    public static string HeadlineReference(EffectRow lead, Direction direction) => Text.Format(
        direction == Direction.Increase ? "HeadlineReference.higher" : "HeadlineReference.lower",
        lead.Treatment, lead.Control, lead.Metric, Figures.Probability(lead.Comparison.Bayesian.ProbabilityTreatmentBetter));

    public static string DetailDraft(ExperimentSheet sheet)
    {
        var plan = sheet.Experiment.Plan;
        long? units = plan.PlannedSampleSizePerVariant is { } each ? plan.PlannedSampleSizes.DefaultIfEmpty(each).Sum() : null;
        return (units, plan.DurationDays) switch
        {
            (null, _) => Text.Get("DetailDraft.unsolvable"),
            ({ } count, { } days) => Text.Format("DetailDraft.lasting", Figures.Count(count), Words.Units(sheet, count), Words.Days(days)),
            ({ } count, null) => Text.Format("DetailDraft.size", Figures.Count(count), Words.Units(sheet, count)),
        };
    }

    public static string DetailNoUnits(ExperimentSheet sheet) =>
        Text.Format(nameof(DetailNoUnits), Figures.Hours(sheet.Design.Metrics.Primary.WindowHours), sheet.Design.Metrics.Primary.Name);

    public static string DetailFirstWindow(ExperimentSheet sheet, Readout readout) => Text.Format(
        nameof(DetailFirstWindow), Figures.Count(readout.Population.Exposed), Words.Units(sheet, readout.Population.Exposed), readout.PrimaryMetricName, Figures.Hours(sheet.Design.Metrics.Primary.WindowHours));

    public static string DetailDecided(EffectRow lead, Readout readout) => Lists.Told(
        Text.Format(lead.Decision.PValueAdjusted is < 0.001 ? "DetailDecided.tiny" : "DetailDecided.number", Figures.P(lead.Decision.PValueAdjusted), Words.ValidityWords(lead.Decision.Validity)),
        readout.Guardrails.Status == GuardrailsStatus.Unavailable ? null : Text.Case("Guardrails", readout.Guardrails.Status));

    public static string DetailNotShown(ExperimentSheet sheet) => sheet switch
    {
        { Experiment.Status: ExperimentStatus.Stopped or ExperimentStatus.Archived } => Text.Get("DetailNotShown.over"),
        { Progress: >= 1 } => Text.Get("DetailNotShown.reached"),
        { Progress: { } progress, Design.Constraints.Analysis: AnalysisMethod.AlwaysValid } => Text.Format("DetailNotShown.any_look", Figures.Progress(progress)),
        { Progress: not null } => Information(sheet)!,
        _ => Text.Get("DetailNotShown.open"),
    };

    /// <summary>Why the planned days are over and the planned information is not in; null where nobody has to ask.</summary>
    public static string? InformationTrails(ExperimentSheet sheet) =>
        sheet is { Day: { } day, Experiment.Plan.DurationDays: { } planned, Progress: < 1 } && day > planned
            ? Text.Plural(nameof(InformationTrails), planned, Words.Days(planned), Figures.Hours(sheet.Design.Metrics.Primary.WindowHours))
            : null;

    public static string DetailNoLook(ExperimentSheet sheet) => StaysLocked(sheet) ? Text.Get("DetailNoLook.over") : Lists.Told(
        Information(sheet),
        sheet.Experiment.Plan.Boundaries is [var first, ..] ? Text.Format("DetailNoLook.first", Figures.Progress(first.InformationFraction)) : Text.Get("DetailNoLook.any"));

    /// <summary>Units open it, and not information, which may be all in before they are.</summary>
    public static string DetailLocked(ExperimentSheet sheet) => StaysLocked(sheet) ? Text.Get("DetailLocked.over") : Lists.Told(
        sheet.Readout?.Verdict.Reasons.Select(reason => reason.Parameters).OfType<ProgressParameters>().FirstOrDefault() is { } units ? Text.Format("DetailLocked.units", Figures.Count(units.Completed), Figures.Count(units.Planned)) : null,
        Text.Get("DetailLocked.until"));

    public static string DetailTooEarly(Readout readout) => Text.Plural(nameof(DetailTooEarly), readout.Population.Exposed, Figures.Count(readout.Population.Completed), Figures.Count(readout.Population.Exposed));

    public static string DetailUndetermined(Readout readout) => Text.Plural(nameof(DetailUndetermined), readout.Population.Exposed, Figures.Count(readout.Population.Completed), Figures.Count(readout.Population.Exposed));

    private static bool IsOver(ExperimentSheet sheet) => sheet.Experiment.Status is ExperimentStatus.Stopped or ExperimentStatus.Archived;

    /// <summary>Whether a decision that is locked now is so for good: the experiment is over, and no window of it is open.</summary>
    private static bool StaysLocked(ExperimentSheet sheet) => IsOver(sheet) && sheet.Readout?.Verdict.Status != VerdictStatus.KeepRunning;

    private static string Minimum(EffectRow row) => Figures.Share(row.MinimumEffectPct / 100);

    private static string Numbers(EffectRow row) => DecidedEffect.Relative(row.Comparison) is null
        ? Text.Format(nameof(Numbers), row.Absolute, row.AbsoluteInterval)
        : string.Equals(row.RelativeInterval, Figures.None, StringComparison.Ordinal) ? row.Relative : Text.Format(nameof(Numbers), row.Relative, row.RelativeInterval);

    private static string? Information(ExperimentSheet sheet) => sheet.Progress is { } progress ? Text.Format(nameof(Information), Figures.Progress(progress)) : null;
}
