using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Wording;

/// <summary>The sentences that are made of findings.</summary>
internal static class Sentences
{
    public const string WordDraft = "Not started";
    public const string WordAlarm = "Sample ratio alarm";
    public const string WordProblem = "Data problem";
    public const string WordWaiting = "No answer yet";
    public const string WordBetter = "Better";
    public const string WordBelowMinimum = "Better, the smallest effect worth shipping not shown";
    public const string WordWorse = "Worse";
    public const string WordNotShown = "No difference shown";
    public const string WordReference = "For reference only";
    public const string WordNoLook = "Locked until the first look";
    public const string WordLocked = "Locked until the planned size";
    public const string WordTooEarly = "Too early to say";

    public const string HeadlineDraft = "This experiment has not started.";
    public const string HeadlineAlarm = "Do not act on these numbers: units do not arrive in the planned proportions.";
    public const string HeadlineProblem = "Do not act on these numbers: the data have a problem.";
    public const string HeadlineNoUnits = "No answer yet: no unit has been exposed.";
    public const string HeadlineNoLook = "No answer yet: the first planned look is not reached.";
    public const string HeadlineLocked = "No answer yet: the planned size is not reached.";
    public const string HeadlineTooEarly = "Too early to say: the counts are still too small for an interval that can be trusted.";
    public const string HeadlineUndetermined = "No answer yet: the completed units do not determine an effect.";
    public const string DetailReference = "A posterior informs; it is not corrected for looking often, and no decision is made from it.";

    public static string HeadlineFirstWindow(DateTimeOffset? at) => at is { } time
        ? $"No answer yet: the first window closes on {Figures.Time(time)}."
        : "No answer yet: no window has closed.";

    public static string HeadlineDecided(EffectRow lead, int better, int worse, int of) => (better, worse, of) switch
    {
        (_, _, 1) => $"{lead.Treatment} {(better > 0 ? "is better than" : "is worse than")} {lead.Control} on {lead.Metric}: {Numbers(lead)}.",
        ( > 0, 0, _) => $"{better} of {of} comparisons {(better == 1 ? "shows" : "show")} {Improvement(lead)}; {lead.Treatment} leads on {lead.Metric}: {Numbers(lead)}.",
        (0, _, _) => $"{worse} of {of} comparisons {(worse == 1 ? "shows" : "show")} a loss, none {Improvement(lead)}; {lead.Treatment} on {lead.Metric}: {Numbers(lead)}.",
        _ => $"{better} of {of} comparisons {(better == 1 ? "shows" : "show")} {Improvement(lead)} and {worse} a loss; {lead.Treatment} leads on {lead.Metric}: {Numbers(lead)}.",
    };

    public static string HeadlineBelowMinimum(EffectRow lead, ExperimentSheet sheet) =>
        $"{lead.Treatment} is better than {lead.Control} on {lead.Metric}, but an effect of at least {Minimum(lead)} {(IsOver(sheet) ? "was not shown" : "is not shown yet")}: {Numbers(lead)}.";

    public static string HeadlineNotShown(EffectRow lead, int of, ExperimentSheet sheet)
    {
        var yet = IsOver(sheet) ? "was shown" : "is shown yet";
        return of == 1
            ? $"No difference {yet} between {lead.Treatment} and {lead.Control} on {lead.Metric}: {Numbers(lead)}."
            : $"No difference {yet} in any of {of} comparisons; {lead.Treatment} is furthest from {lead.Control} on {lead.Metric}: {Numbers(lead)}.";
    }

    public static string HeadlineReference(EffectRow lead, Direction direction)
    {
        var probability = Figures.Probability(lead.Comparison.Bayesian.ProbabilityTreatmentBetter);
        return $"For reference: {lead.Treatment} is {(direction == Direction.Increase ? "higher" : "lower")} than {lead.Control} on {lead.Metric} with probability {probability}.";
    }

    public static string DetailDraft(ExperimentSheet sheet)
    {
        var plan = sheet.Experiment.Plan;
        var size = plan.PlannedSampleSizePerVariant is { } units ? $"The plan asks for {Figures.Count(plan.PlannedSampleSizes.DefaultIfEmpty(units).Sum())} {Words.Units(sheet)} in all" : "The plan has no solution at this effect";
        var days = plan.DurationDays is { } duration ? $", about {Words.Days(duration)} at the expected traffic" : string.Empty;
        return $"{size}{days}. Start it with POST /api/v1/experiments/{sheet.Experiment.Key}/start.";
    }

    public static string DetailNoUnits(ExperimentSheet sheet) =>
        $"The first answer can come {Figures.Hours(sheet.Design.Metrics.Primary.WindowHours)} after the first exposure, when a unit's window on {sheet.Design.Metrics.Primary.Name} closes.";

    public static string DetailFirstWindow(ExperimentSheet sheet, Readout readout) =>
        $"{Figures.Count(readout.Population.Exposed)} {Words.Units(sheet)} exposed. {readout.PrimaryMetricName} is judged over {Figures.Hours(sheet.Design.Metrics.Primary.WindowHours)} after a unit's first exposure; until then there are numbers for reference only.";

    public static string DetailDecided(EffectRow lead, Readout readout)
    {
        var guardrails = readout.Guardrails.Status switch
        {
            GuardrailsStatus.Harm => " A guardrail is harmed: look below before shipping.",
            GuardrailsStatus.Unknown => " Not every guardrail is shown to be safe yet.",
            GuardrailsStatus.Safe => " Every guardrail is safe.",
            _ => string.Empty,
        };
        return $"Adjusted p {(lead.Decision.PValueAdjusted is < 0.001 ? string.Empty : "= ")}{Figures.P(lead.Decision.PValueAdjusted)}. {Words.ValidityWords(lead.Decision.Validity)}.{guardrails}";
    }

    public static string DetailNotShown(ExperimentSheet sheet) => sheet switch
    {
        { Experiment.Status: ExperimentStatus.Stopped or ExperimentStatus.Archived } => "That is not evidence of no effect: the interval says which effects remain possible.",
        { Progress: >= 1 } => "The planned information is reached. The interval says which effects remain possible.",
        { Progress: { } progress, Design.Constraints.Analysis: AnalysisMethod.AlwaysValid } => $"{Figures.Progress(progress)} of the planned information is in. Look as often as you like: this interval is right at every look.",
        { Progress: { } progress } => $"{Figures.Progress(progress)} of the planned information is in.",
        _ => "The interval says which effects remain possible.",
    };

    /// <summary>Why the planned days are over and the planned information is not in; null where nobody has to ask.</summary>
    public static string? InformationTrails(ExperimentSheet sheet) =>
        sheet is { Day: { } day, Experiment.Plan.DurationDays: { } planned, Progress: < 1 } && day > planned
            ? $"The planned {Words.Days(planned)} are over, but information is not time: it is the precision of completed units, so it trails by the window of {Figures.Hours(sheet.Design.Metrics.Primary.WindowHours)}, and by more where fewer units came or they vary more than planned."
            : null;

    public static string DetailNoLook(ExperimentSheet sheet) =>
        $"{Information(sheet)}A look is taken when the information on completed units reaches its planned share{(sheet.Experiment.Plan.Boundaries is [var first, ..] ? $", first at {Figures.Progress(first.InformationFraction)}" : "")}: reading in between would spend its error rate.";

    public static string DetailLocked(ExperimentSheet sheet) =>
        $"{Information(sheet)}A fixed-horizon test may be read once, at its planned size: reading it earlier would spend its error rate.";

    public static string DetailTooEarly(Readout readout) =>
        $"{Figures.Count(readout.Population.Completed)} of {Figures.Count(readout.Population.Exposed)} units are completed.";

    public static string DetailUndetermined(Readout readout) =>
        $"{Figures.Count(readout.Population.Completed)} of {Figures.Count(readout.Population.Exposed)} units are completed; every arm needs at least two, and some variation among them.";

    private static bool IsOver(ExperimentSheet sheet) => sheet.Experiment.Status is ExperimentStatus.Stopped or ExperimentStatus.Archived;

    private static string Improvement(EffectRow lead) => lead.MinimumEffectPct > 0 ? $"an improvement of at least {Minimum(lead)}" : "an improvement";

    private static string Minimum(EffectRow row) => Figures.Share(row.MinimumEffectPct / 100);

    private static string Numbers(EffectRow row) => DecidedEffect.Relative(row.Comparison) is null
        ? $"{row.Absolute} ({row.AbsoluteInterval})"
        : string.Equals(row.RelativeInterval, Figures.None, StringComparison.Ordinal) ? row.Relative : $"{row.Relative} ({row.RelativeInterval})";

    private static string Information(ExperimentSheet sheet) => sheet.Progress is { } progress ? $"{Figures.Progress(progress)} of the planned information is in. " : "";
}
