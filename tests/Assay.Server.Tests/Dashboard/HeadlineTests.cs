using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Analysis.Verdicts;
using Assay.Server.Dashboard;
using Assay.Server.Dashboard.Wording;
using Assay.Server.Storage;

namespace Assay.Server.Tests.Dashboard;

public sealed class HeadlineTests
{
    [Fact]
    public void A_winner_is_told_with_its_interval() =>
        Assert.Equal("one-page is better than control on purchase: +4.70% (+1.20% to +8.30%).", Headline.Of(Samples.Winner()).Sentence);

    [Fact]
    public void A_loser_is_told_as_worse() => Assert.Equal(("bad", "Worse"), (Headline.Of(Samples.Loser()).Style, Headline.Of(Samples.Loser()).Word));

    [Fact]
    public void A_fall_in_latency_is_better() =>
        Assert.Equal("cached is better than control on p95_latency_ms: −3.00% (−5.00% to −1.00%).", Headline.Of(Samples.Latency()).Sentence);

    [Fact]
    public void No_difference_is_not_told_as_no_effect()
    {
        var headline = Headline.Of(Samples.Flat());
        Assert.StartsWith("No difference is shown yet", headline.Sentence, StringComparison.Ordinal);
        Assert.Contains("which effects remain possible", Headline.Of(Stopped()).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void One_unit_is_told_as_one()
    {
        var sheet = Samples.Flat();
        Assert.Equal(("user", "users", "users"), (Words.Units(sheet, 1), Words.Units(sheet, 2), Words.Units(sheet, 0)));
    }

    [Fact]
    public void A_sample_ratio_alarm_comes_before_every_answer() => Assert.Equal("alarm", Headline.Of(Samples.Mismatch()).Style);

    [Fact]
    public void Before_the_first_window_closes_the_page_says_when() =>
        Assert.Equal("No answer yet: the first unit is complete on 24 Nov 2025, 03:42 UTC.", Headline.Of(Samples.Unfinished()).Sentence);

    [Fact]
    public void Every_reason_for_silence_has_its_word() => Assert.Equal(
        ["No answer yet", "Too early to say", "Locked until the planned size", "Not started"],
        ((IEnumerable<ExperimentSheet>)[Samples.Empty(), Samples.TooEarly(), Samples.Locked(), Samples.Draft()]).Select(sheet => Headline.Of(sheet).Word));

    [Fact]
    public void Before_its_first_look_a_group_sequential_test_is_not_told_as_a_fixed_one()
    {
        var sheet = Samples.Sheet(Samples.Design("by-looks", "By looks", ["control", "b"], analysis: AnalysisMethod.GroupSequential), [new(0.1, null, null, InferenceStatus.Locked)]);
        var plan = sheet.Experiment.Plan with { Boundaries = [new(1, 0.5, 2.96, 0.003), new(2, 1, 1.97, 0.05)] };
        var headline = Headline.Of(new ExperimentSheet(sheet.Experiment with { Plan = plan }, sheet.Readout, ingestion: null, sheet.Now));
        Assert.Equal("No answer yet: the first planned look is not reached.", headline.Sentence);
        Assert.Contains("first at 50%", headline.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("fixed-horizon", headline.Detail, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(AnalysisMethod.FixedHorizon, VerdictStatus.Inconclusive, "Ended before the planned size", "No answer: the experiment ended before its planned size.")]
    [InlineData(AnalysisMethod.FixedHorizon, VerdictStatus.KeepRunning, "Locked until the planned size", "No answer yet: the planned size is not reached.")]
    [InlineData(AnalysisMethod.GroupSequential, VerdictStatus.Inconclusive, "Ended before the first look", "No answer: the experiment ended before its first planned look.")]
    [InlineData(AnalysisMethod.GroupSequential, VerdictStatus.KeepRunning, "Locked until the first look", "No answer yet: the first planned look is not reached.")]
    public void What_was_stopped_while_it_was_locked_is_told_to_open_only_while_a_window_is_open(AnalysisMethod method, VerdictStatus verdict, string word, string sentence)
    {
        var headline = Headline.Of(Judged(Samples.Sheet(Samples.Design("s", "S", ["control", "b"], analysis: method), [new(0.1, null, null, InferenceStatus.Locked)], status: ExperimentStatus.Stopped), verdict));
        Assert.Equal((word, sentence, verdict == VerdictStatus.KeepRunning), (headline.Word, headline.Sentence, headline.Detail.Contains("would spend its error rate", StringComparison.Ordinal)));
    }

    [Fact]
    public void Several_arms_are_counted_and_the_furthest_leads() =>
        Assert.Equal("3 of 9 comparisons show an improvement and 1 a loss; headline-9 leads on purchase: +10.0% (+5.00% to +15.0%).", Headline.Of(Samples.TenArms()).Sentence);

    [Fact]
    public void A_harmed_guardrail_is_told_beside_the_winner() => Assert.Contains("guardrail is harmed", Headline.Of(Samples.Harmed()).Detail, StringComparison.Ordinal);

    [Fact]
    public void A_posterior_never_decides()
    {
        var sheet = Samples.Sheet(Samples.Design("b", "B", ["control", "b"], analysis: AnalysisMethod.Bayesian), [new(0.04, 0.01, 0.07, InferenceStatus.Ok)]);
        Assert.Equal("For reference: b is higher than control on purchase with probability 97.0%.", Headline.Of(sheet).Sentence);
        Assert.Equal(Attention.Running, Attentions.Of(sheet));
    }

    [Fact]
    public void A_gain_that_may_be_smaller_than_worth_shipping_is_not_ready_to_decide()
    {
        var sheet = Asking(Samples.Winner().Design, 2, 0.047, 0.012, 0.083);
        Assert.Equal("one-page is better than control on purchase, but an effect of at least 2.00% is not shown yet: +4.70% (+1.20% to +8.30%).", Headline.Of(sheet).Sentence);
        Assert.Equal("calm", Headline.Of(sheet).Style);
        Assert.Equal(Attention.Running, Attentions.Of(sheet));
        var shown = Asking(Samples.Winner().Design, 1, 0.047, 0.012, 0.083);
        Assert.Equal(("Better", Attention.ReadyToDecide), (Headline.Of(shown).Word, Attentions.Of(shown)));
    }

    [Fact]
    public void The_smallest_effect_worth_shipping_is_in_the_desired_direction()
    {
        Assert.Equal(Attention.Running, Attentions.Of(Asking(Samples.Latency().Design, 2, -0.03, -0.05, -0.01)));
        Assert.Equal(Attention.ReadyToDecide, Attentions.Of(Asking(Samples.Latency().Design, 1, -0.03, -0.05, -0.01)));
    }

    [Fact]
    public void A_loss_is_ready_to_decide_however_small() => Assert.Equal(Attention.ReadyToDecide, Attentions.Of(Asking(Samples.Loser().Design, 5, -0.047, -0.083, -0.012)));

    [Theory]
    [InlineData(VerdictStatus.Investigate, Attention.Problem, "Data problem")]
    [InlineData(VerdictStatus.StopHarm, Attention.Harm, "Better")]
    [InlineData(VerdictStatus.KeepRunning, Attention.Running, "Better")]
    [InlineData(VerdictStatus.Ship, Attention.ReadyToDecide, "Better")]
    public void A_gain_is_ready_to_decide_only_where_the_verdict_lets_one_act(VerdictStatus verdict, object attention, string word)
    {
        var sheet = Judged(Samples.Winner(), verdict);
        Assert.Equal((attention, word), (Attentions.Of(sheet), Headline.Of(sheet).Word));
    }

    [Fact]
    public void Where_health_forbids_to_act_the_headline_says_so_and_why()
    {
        var headline = Headline.Of(Judged(Samples.Winner(), VerdictStatus.Investigate));
        Assert.Equal(("alarm", "Do not act on these numbers: the data have a problem.", "What is recommended (Ship)."), (headline.Style, headline.Sentence, headline.Detail));
    }

    [Fact]
    public void Where_nothing_worthwhile_is_left_it_is_ready_to_decide() =>
        Assert.Equal(Attention.ReadyToDecide, Attentions.Of(Judged(Samples.Flat(), VerdictStatus.NoWorthwhileEffect)));

    [Fact]
    public void What_needs_attention_comes_first() => Assert.Equal(
        [Attention.SampleRatio, Attention.Harm, Attention.ReadyToDecide, Attention.Running, Attention.Draft],
        Attentions.InOrder([Samples.Draft(), Samples.Flat(), Samples.Winner(), Samples.Harmed(), Samples.Mismatch()]).Select(Attentions.Of));

    [Theory]
    [InlineData(20, 120_000, null)]
    [InlineData(22, 120_000, "The planned 21 days are over, but information is not time: it is the precision of completed units, so it trails by the window of 72 h, and by more where fewer units came or they vary more than planned.")]
    [InlineData(22, 400_000, null)]
    public void Information_that_trails_the_planned_days_is_explained(int days, long completed, string? sentence)
    {
        var sheet = Samples.Sheet(Samples.Winner().Design, [new(0.003, -0.02, 0.03, InferenceStatus.Ok)], exposed: 500_000, completed: completed);
        var aged = new ExperimentSheet(sheet.Experiment with { StartedAt = Samples.Now.AddDays(-days) }, sheet.Readout, sheet.Ingestion, Samples.Now);
        Assert.Equal(sentence, Sentences.InformationTrails(aged));
        Assert.Null(Sentences.InformationTrails(Samples.Draft()));
    }

    private static ExperimentSheet Asking(Design design, double minimumEffectPct, double effect, double low, double high) =>
        Samples.Sheet(design with { Metrics = design.Metrics with { MinimumEffectPct = minimumEffectPct } }, [new(effect, low, high, InferenceStatus.Ok)]);

    private static ExperimentSheet Stopped() => Samples.Sheet(
        Samples.Design("s", "S", ["control", "b"]), [new(0.003, -0.02, 0.03, InferenceStatus.Ok)], status: ExperimentStatus.Stopped);

    private static ExperimentSheet Judged(ExperimentSheet sheet, VerdictStatus verdict) =>
        new(sheet.Experiment, sheet.Readout! with { Verdict = sheet.Readout.Verdict with { Status = verdict } }, sheet.Ingestion, sheet.Now);
}
