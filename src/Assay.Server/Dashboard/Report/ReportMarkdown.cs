using Assay.Analysis.Designs;
using Assay.Analysis.Health;
using Assay.Analysis.Readouts;
using Assay.Server.Dashboard.Wording;

namespace Assay.Server.Dashboard.Report;

/// <summary>A report as Markdown: what the HTML says, in tables that read as text.</summary>
internal static class ReportMarkdown
{
    public static string Write(ExperimentSheet sheet, string address)
    {
        var headline = Headline.Of(sheet);
        var text = new MarkdownText().Heading(1, ReportWords.Title(sheet.Design.Name));
        text.Heading(2, headline.Word).Paragraph(headline.Sentence).Paragraph(headline.Detail);
        if (sheet.Readout is { } readout) AddVerdict(text, sheet, readout);
        text.Heading(2, ReportWords.Design);
        AddFacts(text, ReportFacts.OfDesign(sheet));
        if (sheet.Readout is { } measured) AddResults(text, sheet, measured);
        else text.Paragraph(ReportWords.NothingMeasured);
        text.Heading(2, Labels.How);
        AddFacts(text, ReportFacts.OfComputation(sheet, address));
        if (sheet.Readout is { } told) text.Paragraph(told.Disclaimer);
        return text.ToString();
    }

    private static void AddVerdict(MarkdownText text, ExperimentSheet sheet, Readout readout)
    {
        var verdict = readout.Verdict;
        text.Heading(2, $"{VerdictWords.Title}: {VerdictWords.Status(verdict.Status, sheet.IsOver)}").Paragraph(verdict.Sentence);
        if (verdict.ExpectedAnswerAt is { } expected) text.Paragraph(VerdictWords.ExpectedBy(Figures.Time(expected)));
        text.List(verdict.Reasons.Select(reason => reason.Sentence));
        foreach (var decision in sheet.Decisions)
        {
            text.Paragraph($"{DecisionWords.Sentence(decision.Decision, decision.VariationIndex is { } shipped ? sheet.VariationKey(shipped) : null)} ({Figures.Time(decision.DecidedAt)}, {AuditWords.Actor(decision.Actor)}; {DecisionWords.Beside(decision, sheet.Experiment)}) {decision.Reason}");
        }

        if (verdict.Ranking.Count < 2) return;
        text.Table(
            [VerdictWords.Rank, Labels.Variation, VerdictWords.Outcome, VerdictWords.Gain],
            [true, false, false, true],
            verdict.Ranking.Select(arm => (IReadOnlyList<string>)[Figures.Count(arm.Rank), Tied(arm.VariationKey, [.. arm.TiedWith.Select(sheet.VariationKey)]), VerdictWords.Status(arm.Outcome, sheet.IsOver), Figures.Change(arm.ShrunkGain)]));
    }

    private static string Tied(string variation, IReadOnlyList<string> others) => others.Count == 0 ? variation : $"{variation}, {VerdictWords.Tied(others)}";

    private static void AddResults(MarkdownText text, ExperimentSheet sheet, Readout readout)
    {
        text.Heading(2, Labels.Effects).Paragraph($"{Labels.EffectsNote} {Labels.RunningNote}").Table(
            [Labels.Metric, Labels.Variation, Labels.RelativeEffect, ReportWords.Interval, Labels.AbsoluteEffect, ReportWords.Interval, Labels.FindingHead, Labels.RunningHead],
            [false, false, true, true, true, true, false, true],
            EffectRow.Of(sheet).Select(row => (IReadOnlyList<string>)
            [
                $"{row.Metric} ({Words.Role(row.Role)}, {Words.Direction(row.Direction)})", $"{row.Treatment} {Labels.Against(row.Control)}", row.Relative, row.RelativeInterval, row.Absolute, row.AbsoluteInterval,
                row.Decision.PValueAdjusted is { } p ? $"{Words.Found(row)}, {Words.P(p)}" : Words.Found(row), $"{row.RunningRelative} ({row.RunningInterval})",
            ]));
        AddArms(text, sheet);
        AddGuardrails(text, sheet, readout.Guardrails);

        var srm = readout.Srm;
        text.Heading(2, $"{Labels.SampleRatioTitle}: {Words.SampleRatio(srm.Status)}").Paragraph(srm.Verdict).Table(
            [Labels.Variation, Labels.Observed, Labels.Expected],
            [false, true, true],
            srm.ObservedCounts.Select((count, index) => (IReadOnlyList<string>)[sheet.VariationKey(index), Figures.Count(count), Figures.Short(Math.Round(srm.ExpectedCounts[index]))]));
        text.Paragraph($"{Labels.SequentialP}: {Figures.P(srm.SequentialPValue)}. {Labels.ChiSquareP}: {Figures.P(srm.PValue)}.");

        text.Heading(2, $"{HealthWords.Title}: {HealthWords.Status(readout.Health.Status)}").Paragraph(HealthWords.Note(readout.Health.Status));
        var found = readout.Health.Checks.Where(check => check.Status >= HealthCheckStatus.Watch).OrderByDescending(check => check.Status).ToList();
        if (found.Count > 0) text.List(found.Select(check => $"{HealthWords.Status(check.Status)}: {check.Title}. {check.Detail} {check.Action}".TrimEnd()));
        text.Paragraph(ReportWords.AllWell(readout.Health.Checks.Count - found.Count));
    }

    /// <summary>The completed arms of every metric.</summary>
    private static void AddArms(MarkdownText text, ExperimentSheet sheet) => text.Heading(2, Labels.Arms).Paragraph(Labels.ArmsNote).Table(
        [Labels.Metric, Labels.Variation, Labels.UnitsHead, Labels.Converted, Labels.Mean, Labels.Std],
        [false, false, true, true, true, true],
        from row in EffectRow.Of(sheet)
        group row by (row.Role, row.Metric, row.Type) into metric
        from arm in metric.SelectMany(row => (ReadOnlySpan<ArmReadout>)[row.Comparison.Completed.Control, row.Comparison.Completed.Treatment] is var pair ? pair.ToArray() : []).DistinctBy(arm => arm.VariationIndex).OrderBy(arm => arm.VariationIndex)
        select (IReadOnlyList<string>)
        [
            metric.Key.Metric, sheet.VariationKey(arm.VariationIndex), Figures.Count(arm.ExposedUsers), Figures.Count(arm.ConvertedUsers),
            metric.Key.Type == MetricType.Binary ? Figures.Share(arm.Mean) : Figures.Value(arm.Mean), Figures.Value(arm.Std),
        ]);

    private static void AddGuardrails(MarkdownText text, ExperimentSheet sheet, GuardrailsReadout guardrails)
    {
        text.Heading(2, Labels.Guardrails).Paragraph(guardrails.Metrics.Count == 0 ? Labels.NoGuardrails : Labels.GuardrailsNote);
        if (guardrails.Metrics.Count == 0) return;
        text.Table(
            [Labels.Metric, Labels.Variation, Labels.Margin, Labels.Slack, Labels.SlackBound, Labels.State],
            [false, false, true, true, true, false],
            from metric in guardrails.Metrics
            from row in metric.NonInferiority
            select (IReadOnlyList<string>)[metric.Name, sheet.VariationKey(row.TreatmentIndex), Figures.Share(metric.MarginPct / 100), Slack(metric, row.Slack), Slack(metric, row.SlackLower), Words.Guardrail(row.State)]);
    }

    private static void AddFacts(MarkdownText text, IEnumerable<ReportFact> facts) => text.List(facts.Select(fact => $"{fact.Name}: {fact.Text}"));

    private static string Slack(GuardrailReadout metric, double? value) => metric.MetricType == MetricType.Binary ? Figures.Points(value) : Figures.Difference(value);
}
