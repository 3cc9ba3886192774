using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Analysis.Verdicts;
using Assay.Server.Dashboard.Wording;
using Assay.Server.Metrics;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard;

/// <summary>The answer in one sentence, or why there is none yet. It reads the primary metric's decision, unless health forbids to act on any.</summary>
/// <param name="Style">How it is coloured: alarm, good, bad or calm.</param>
/// <param name="Word">The finding without numbers: what a screen reader is told when it changes.</param>
internal sealed record Headline(string Style, string Word, string Sentence, string Detail)
{
    public static Headline Of(ExperimentSheet sheet)
    {
        if (sheet.Experiment.Status == ExperimentStatus.Draft || sheet.Readout is not { } readout)
        {
            return new("calm", Sentences.WordDraft, Sentences.HeadlineDraft, Sentences.DetailDraft(sheet));
        }

        if (readout.Srm.Status == SampleRatioStatus.Alarm)
        {
            return new("alarm", Sentences.WordAlarm, Sentences.HeadlineAlarm, readout.Srm.Verdict);
        }

        if (readout.Population.Exposed == 0)
        {
            return new("calm", Sentences.WordWaiting, Sentences.HeadlineNoUnits, Sentences.DetailNoUnits(sheet));
        }

        if (readout.Population.Completed == 0)
        {
            return new("calm", Sentences.WordWaiting, Sentences.HeadlineFirstWindow(readout.FirstMaturityAt), Sentences.DetailFirstWindow(sheet, readout));
        }

        if (readout.Verdict.Status == VerdictStatus.Investigate)
        {
            return new("alarm", Sentences.WordProblem, Sentences.HeadlineProblem, readout.Verdict.Sentence);
        }

        var rows = EffectRow.Of(sheet).Where(row => row.Role == MetricRole.Primary && row.Comparison.ControlIndex == 0).ToList();
        return Decided(rows, readout) ?? Undecided(rows, sheet, readout);
    }

    private static Headline? Decided(List<EffectRow> rows, Readout readout)
    {
        var better = rows.Where(row => row.Finding == Finding.Better).ToList();
        var worse = rows.Where(row => row.Finding == Finding.Worse).ToList();
        if (better.Count + worse.Count == 0)
        {
            return null;
        }

        var lead = (better.Count > 0 ? better : worse).MaxBy(Distance)!;
        var style = better.Count == 0 ? "bad" : worse.Count > 0 || readout.Guardrails.Status == GuardrailsStatus.Harm ? "mixed" : "good";
        return new(style, better.Count > 0 ? Sentences.WordBetter : Sentences.WordWorse, Sentences.HeadlineDecided(lead, better.Count, worse.Count, rows.Count), Sentences.DetailDecided(lead, readout));
    }

    private static double Distance(EffectRow row) => Math.Abs(DecidedEffect.Relative(row.Comparison) ?? DecidedEffect.Of(row.Comparison) ?? 0);

    private static Headline Undecided(List<EffectRow> rows, ExperimentSheet sheet, Readout readout)
    {
        // One arm without data must not hide what the other arms say: the furthest finding leads.
        var finding = rows.Count == 0 ? Finding.Undetermined : FurthestOf(rows);
        var lead = rows.Where(row => row.Finding == finding).MaxBy(Distance);
        return finding switch
        {
            Finding.BetterBelowMinimum when lead is not null => new("calm", Sentences.WordBelowMinimum, Sentences.HeadlineBelowMinimum(lead, sheet), Sentences.DetailDecided(lead, readout)),
            Finding.NotShown when lead is not null => new("calm", Sentences.WordNotShown, Sentences.HeadlineNotShown(lead, rows.Count, sheet), Sentences.DetailNotShown(sheet)),
            Finding.ReferenceOnly when lead is not null => new("calm", Sentences.WordReference, Sentences.HeadlineReference(lead, readout.Direction), Sentences.DetailReference),
            Finding.Locked when sheet.Design.Constraints.Analysis == AnalysisMethod.GroupSequential => new("calm", Sentences.WordNoLook(sheet), Sentences.HeadlineNoLook(sheet), Sentences.DetailNoLook(sheet)),
            Finding.Locked => new("calm", Sentences.WordLocked(sheet), Sentences.HeadlineLocked(sheet), Sentences.DetailLocked(sheet)),
            Finding.TooEarly => new("calm", Sentences.WordTooEarly, Sentences.HeadlineTooEarly, Sentences.DetailTooEarly(readout)),
            _ => new("calm", Sentences.WordWaiting, Sentences.HeadlineUndetermined, Sentences.DetailUndetermined(readout)),
        };
    }

    private static Finding FurthestOf(List<EffectRow> rows) =>
        ((ReadOnlySpan<Finding>)[Finding.BetterBelowMinimum, Finding.NotShown, Finding.ReferenceOnly, Finding.Locked, Finding.TooEarly, Finding.Undetermined]).ToArray().First(finding => rows.Exists(row => row.Finding == finding));
}
