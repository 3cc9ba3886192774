using Assay.Analysis.Wording;

namespace Assay.Server.Dashboard.Wording;

/// <summary>Headings and notes of the sections.</summary>
internal static class Labels
{
    private static readonly Texts Text = Texts.Of(typeof(Labels));

    /// <summary>A name, the same in every language.</summary>
    public const string Product = "Assay";

    public static string Experiments => Text.Get();
    public static string Api => Text.Get();
    public static string NoScript => Text.Get();
    public static string Live => Text.Get();
    public static string LiveAt => Text.Get();
    public static string Reconnecting => Text.Get();
    public static string Skip => Text.Get();
    public static string Navigation => Text.Get();
    public static string Foot => Text.Get();
    public static string Variation => Text.Get();

    public static string Effects => Text.Get();
    public static string EffectsNote => Text.Get();
    public static string RunningNote => Text.Get();
    public static string NoEffects => Text.Get();
    public static string ForestCaption => Text.Get();
    public static string RelativeEffect => Text.Get();
    public static string AbsoluteEffect => Text.Get();
    public static string FindingHead => Text.Get();
    public static string RunningHead => Text.Get();

    public static string Arms => Text.Get();
    public static string ArmsNote => Text.Get();
    public static string Completed => Text.Get();
    public static string Running => Text.Get();
    public static string RunningQuiet => Text.Get();
    public static string UnitsHead => Text.Get();
    public static string Converted => Text.Get();
    public static string Mean => Text.Get();
    public static string Std => Text.Get();
    public static string Planned => Text.Get();
    public static string Control => Text.Get();

    public static string SegmentsEmpty => Text.Get();
    public static string SegmentsTitle => Text.Get();
    public static string SegmentsNote => Text.Get();
    public static string UndeclaredValue => Text.Get();
    public static string NoValue => Text.Get();

    public static string SampleRatioTitle => Text.Get();
    public static string SampleRatioNote => Text.Get();
    public static string Observed => Text.Get();
    public static string Expected => Text.Get();
    public static string SequentialP => Text.Get();
    public static string ChiSquare => Text.Get();
    public static string ChiSquareP => Text.Get();

    public static string Timing => Text.Get();
    public static string TimingNote => Text.Get();
    public static string InWindow => Text.Get();
    public static string BeforeExposure => Text.Get();
    public static string AfterWindow => Text.Get();
    public static string Unexposed => Text.Get();
    public static string Holdout => Text.Get();

    public static string Ingestion => Text.Get();
    public static string IngestionNote => Text.Get();
    public static string ExposureRows => Text.Get();
    public static string EventRows => Text.Get();
    public static string Duplicates => Text.Get();
    public static string Rejected => Text.Get();
    public static string Crossovers => Text.Get();
    public static string LateArrivals => Text.Get();
    public static string Rearmed => Text.Get();
    public static string HoldoutUnits => Text.Get();
    public static string LastEvent => Text.Get();
    public static string EventName => Text.Get();
    public static string Events => Text.Get();
    public static string Sum => Text.Get();

    public static string Guardrails => Text.Get();
    public static string GuardrailsNote => Text.Get();
    public static string NoGuardrails => Text.Get();
    public static string Metric => Text.Get();
    public static string Margin => Text.Get();
    public static string Slack => Text.Get();
    public static string SlackBound => Text.Get();
    public static string State => Text.Get();

    public static string CupedTitle => Text.Get();
    public static string CupedNote => Text.Get();
    public static string VarianceReduction => Text.Get();
    public static string Coverage => Text.Get();
    public static string AdjustedEffect => Text.Get();

    public static string How => Text.Get();
    public static string MethodHead => Text.Get();
    public static string ValidityHead => Text.Get();
    public static string ReferenceTest => Text.Get();
    public static string ErrorRate => Text.Get();
    public static string Correction => Text.Get();
    public static string Window => Text.Get();
    public static string AsOf => Text.Get();
    public static string Watermark => Text.Get();
    public static string Revision => Text.Get();
    public static string Raw => Text.Get();
    public static string LiveStats => Text.Get();
    public static string Timeline => Text.Get();
    public static string Verdicts => Text.Get();
    public static string DecisionsLink => Text.Get();
    public static string FirstCrossed => Text.Get();
    public static string Moments => Text.Get();
    public static string IngestionLink => Text.Get();
    public static string DesignLink => Text.Get();
    public static string Disclaimer => Text.Get();

    public static string Progress => Text.Get();
    public static string CompletedUnits => Text.Get();
    public static string RunningUnits => Text.Get();
    public static string FirstWindow => Text.Get();
    public static string Started => Text.Get();
    public static string EffectsLink => Text.Get();
    public static string Pages => Text.Get();
    public static string PageBefore => Text.Get();
    public static string PageAfter => Text.Get();
    public static string Stopped => Text.Get();
    public static string Sealed => Text.Get();
    public static string SealedNote => Text.Get();
    public static string AllReady => Text.Get();
    public static string Effect => Text.Get();

    public static string EmptyTitle => Text.Get();
    public static string EmptyDemo => Text.Get();
    public static string EmptyCreate => Text.Get();
    public static string EmptyAfter => Text.Get();

    public static string SignInTitle => Text.Get();
    public static string SignInNote => Text.Get();
    public static string SignInKey => Text.Get();
    public static string SignInSend => Text.Get();
    public static string SignOut => Text.Get();
    public static string SignInFailed => Text.Get();

    public static string Back => Text.Get();
    public static string ErrorNote => Text.Get();

    public static string AllAsJson => Text.Get();

    public static string EffectsShown(int shown, int measured) => Text.Plural(nameof(EffectsShown), shown, Figures.Count(shown), Figures.Count(measured));

    public static string PageOf(int number, int count) => Text.Format(nameof(PageOf), Figures.Count(number), Figures.Count(count));

    public static string More(int count) => Text.Plural(nameof(More), count, Figures.Count(count));

    public static string Against(string control) => Text.Format(nameof(Against), control);

    public static string Hundred(double level) => Text.Format(nameof(Hundred), Figures.Share(level));

    public static string Alpha(double level) => Text.Format(nameof(Alpha), Figures.Value(level));

    /// <summary>So many of so many units are completed.</summary>
    public static string CompletedOf(double completed, double exposed, string units) => Text.Format(nameof(CompletedOf), Figures.Short(completed), Figures.Short(exposed), units);

    /// <summary>A thing and what it is.</summary>
    public static string Pair(string name, string value) => Text.Format(nameof(Pair), name, value);

    /// <summary>The smallest useful design, ready to paste.</summary>
    public static string EmptyCommand(string address) => $$"""
        curl {{address}}/api/v1/experiments -H 'Content-Type: application/json' -d '{
          "key": "checkout-redesign",
          "setup": { "variations": [ { "key": "control" }, { "key": "one-page" } ] },
          "metrics": { "primary_metric_name": "purchase", "metric_type": "binary", "baseline_value": 0.04, "mde_pct": 5 }
        }'
        curl -X POST {{address}}/api/v1/experiments/checkout-redesign/start
        """;
}
