using System.Globalization;
using Assay.Analysis.Wording;

namespace Assay.Analysis.Health;

/// <summary>What checks are called and find, and what to do then: the one place where they are worded and their numbers formatted.</summary>
internal static class HealthSentences
{
    private static readonly Texts Text = Texts.Of(typeof(HealthSentences));

    public static string Title(HealthCode code) => Text.Case(nameof(Title), code);

    /// <summary>What to do if it is something to watch or a problem.</summary>
    public static string Action(HealthCode code) => Text.Case(nameof(Action), code);

    public static string NoSplitUnits => Text.Get();

    public static string NoUnits => Text.Get();

    public static string NoWindow => Text.Get();

    public static string NoEvents => Text.Get();

    public static string NoReceipts => Text.Get();

    public static string FirstReceiptDay => Text.Get();

    public static string FileHasNoTimes => Text.Get();

    public static string FileHasExposedOnly => Text.Get();

    public static string FileHasNoReceipts => Text.Get();

    public static string FileHasNoAssignment => Text.Get();

    public static string FileIsFinal => Text.Get();

    public static string NotRunning => Text.Get();

    public static string NoCovariate => Text.Get();

    public static string NoTraffic => Text.Get();

    public static string NoDuration => Text.Get();

    public static string NoMeanPlanned => Text.Get();

    public static string NoDeviationPlanned => Text.Get();

    public static string FewInControl => Text.Get();

    public static string IndependentByKey => Text.Get();

    public static string Balanced => Text.Get();

    public static string Crossovers(long units, long exposed, double share, double? unevenP, bool isHigh) => unevenP is { } p
        ? Text.Format("Crossovers.uneven", Count(units), Count(exposed), Percent(share), P(p))
        : Text.Format(isHigh ? "Crossovers.high" : "Crossovers.few", Count(units), Count(exposed), Percent(share));

    /// <param name="events">Events before exposure.</param>
    /// <param name="rates">A unit, by arm.</param>
    /// <param name="uneven">The p-value and days of a difference; null without one.</param>
    public static string Early(long events, IEnumerable<ArmRate> rates, (double P, int Days)? uneven)
    {
        var byArm = Lists.Listed(rates.Select(arm => arm.Rate is { } rate ? P(rate) : Text.Get("Nothing")));
        return uneven is { } found ? Text.Format("Early.uneven", Count(events), byArm, P(found.P), Count(found.Days)) : Text.Plural("Early.even", events, Count(events), byArm);
    }

    public static string Unexposed(long events, long of, double? share, double limit, bool areAll) => areAll
        ? Text.Format("Unexposed.all", Count(of))
        : Text.Format("Unexposed.some", Count(events), Count(of), Percent(share), Percent(limit));

    public static string AfterWindow(long events, long of, double share, bool isUneven) => Text.Format(isUneven ? "AfterWindow.uneven" : "AfterWindow.even", Count(events), Count(of), Percent(share));

    public static string Refused(ArmRatesEvidence evidence, double? share) => OfReceipts("Refused.even", "Refused.uneven", evidence, share);

    public static string Repeated(ArmRatesEvidence evidence, double? share) => OfReceipts("Repeated.even", "Repeated.uneven", evidence, share);

    public static string Silence(double hours, double? pace) => pace is { } usual
        ? hours < 1 ? Text.Format("Silence.fresh", Count(usual)) : Text.Plural("Silence.since", (long)hours, Count(Math.Floor(hours)), Count(usual))
        : Text.Format("Silence.from_the_start", Count(hours));

    public static string BalanceFrom(double units) => Text.Format(nameof(BalanceFrom), Count(units));

    public static string Unbalanced(string treatment, string control, string covariate, double deviations, double p) => Text.Format(nameof(Unbalanced), treatment, control, covariate, P(deviations), P(p));

    /// <summary>The readout's word on the split, where a mismatch starts, and the part that is farthest from it.</summary>
    public static string SampleRatio(string verdict, HealthStage? startsAt, SampleRatioSlice? farthest) => Lists.Told(
        verdict,
        startsAt is { } stage ? Text.Case("StartsAt", stage) : null,
        farthest is null ? null : Text.Format("Farthest", NameOf(farthest), string.Join(" : ", farthest.Counts.Select(count => Count(count))), P(farthest.PValueAdjusted)));

    public static string MeanIsPlanned(double limit) => Text.Format(nameof(MeanIsPlanned), Count(100 * limit));

    public static string DeviationIsPlanned(double limit) => Text.Format(nameof(DeviationIsPlanned), Count(100 * limit));

    public static string MeanDrifts(PlanDrift metric) => Text.Format(nameof(MeanDrifts), metric.Metric, Numerals.Digits(metric.Measured, 3), Numerals.Digits(metric.Planned, 3));

    public static string DeviationDrifts(PlanDrift metric) => Text.Format(nameof(DeviationDrifts), metric.Metric, Numerals.Digits(metric.Measured, 3), Numerals.Digits(metric.Planned, 3));

    public static string LateArrivals(long events, long of, double share, IEnumerable<ArmRate> rates) => Text.Format(nameof(LateArrivals), Count(events), Count(of), Percent(share), ByArm(rates));

    public static string Rearmed(long units, long of, double share) => Text.Format(nameof(Rearmed), Count(units), Count(of), Percent(share));

    public static string TrafficFrom(double days) => Text.Format(nameof(TrafficFrom), Count(days));

    public static string Traffic(double measured, double planned, double ratio) => Text.Format(nameof(Traffic), Count(measured), Count(planned), Percent(ratio));

    public static string Duration(double days, int planned) => Text.Format(nameof(Duration), days.ToString("N1", Language.Numbers), Count(planned));

    public static string AllSpeak(int metrics) => Text.Plural(nameof(AllSpeak), metrics, Count(metrics));

    /// <param name="silent">A metric without an event.</param>
    /// <param name="arm">The arm without one; null for all.</param>
    public static string Silent(SilentMetric silent, string? arm) => Text.Format(
        (arm, silent.Expected) switch { (null, null) => "Silent.all", (null, _) => "Silent.all_though_expected", (_, null) => "Silent.arm", _ => "Silent.arm_though_expected" },
        silent.Event, silent.Metric, Count(silent.Units), arm, silent.Expected is { } expected ? Count(expected) : null);

    private static string OfReceipts(string even, string uneven, ArmRatesEvidence evidence, double? share)
    {
        var (of, percent, byArm) = (Count(evidence.Arms.Sum(arm => arm.Of)), Percent(share), ByArm(evidence.Arms));
        return evidence.PValue is { } p && p <= HealthRules.WatchLevel
            ? Text.Format(uneven, of, percent, byArm, P(p), Count(evidence.Days ?? 0))
            : Text.Format(even, of, percent, byArm);
    }

    private static string ByArm(IEnumerable<ArmRate> rates) => Lists.Listed(rates.Select(arm => Percent(arm.Rate)));

    private static string Count(double count) => Numerals.Count(count);

    private static string P(double p) => Numerals.Digits(p, 2);

    /// <summary>A share in percent: two digits, and those before the point.</summary>
    private static string Percent(double? share) =>
        share is { } known ? Text.Format(nameof(Percent), known >= 0.1 ? Count(100 * known) : Numerals.Digits(100 * known, 2)) : Text.Get("Nothing");

    private static string NameOf(SampleRatioSlice slice) => slice.Day is { } day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : $"{slice.Attribute} = {slice.Value}";
}
