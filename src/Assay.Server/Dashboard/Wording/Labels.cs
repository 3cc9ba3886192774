namespace Assay.Server.Dashboard.Wording;

/// <summary>Headings and notes of the sections.</summary>
internal static class Labels
{
    public const string Product = "Assay";
    public const string Experiments = "Experiments";
    public const string NoScript = "Scripts are off: reload the page for newer numbers.";
    public const string Live = "Live";
    public const string Reconnecting = "Reconnecting";
    public const string Skip = "Skip to the content";
    public const string Navigation = "Main";
    public const string Foot = "Numbers come from the API as they are shown, and every one of them can be recomputed from raw events. Times are UTC.";
    public const string Variation = "Variation";

    public const string Effects = "Effects";
    public const string EffectsNote = "Decision: completed units, the interval to act on.";
    public const string RunningNote = "Running: all exposed units so far, for reference only.";
    public const string NoEffects = "There is nothing to compare yet.";
    public const string ForestCaption = "Effect of each variation by metric: relative and absolute, with the decision's interval";
    public const string RelativeEffect = "Relative effect";
    public const string AbsoluteEffect = "Absolute effect";
    public const string FindingHead = "Decision, adjusted p";
    public const string RunningHead = "Running, for reference";

    public const string Arms = "Arms";
    public const string ArmsNote = "Completed units have their whole window behind them; running ones may still convert.";
    public const string Completed = "Completed";
    public const string Running = "Running";
    public const string RunningQuiet = "for reference";
    public const string UnitsHead = "Units";
    public const string Converted = "Converted";
    public const string Mean = "Mean";
    public const string Std = "Std";
    public const string Planned = "Planned";
    public const string Control = "control";

    public const string SegmentsEmpty = "No unit has been exposed yet.";
    public const string SegmentsTitle = "By segment";
    public const string SegmentsNote = "All exposed units so far, described and not tested: among many slices some always differ by chance.";
    public const string UndeclaredValue = "any value not declared";
    public const string NoValue = "no value";

    public const string SampleRatioTitle = "Sample ratio";
    public const string SampleRatioNote = "Bar: exposed units. Mark: what the split expects.";
    public const string Observed = "Observed";
    public const string Expected = "Expected";
    public const string SequentialP = "Sequential p";
    public const string ChiSquare = "χ²";
    public const string ChiSquareP = "χ² p, for reference";

    public const string Timing = "Event timing";
    public const string TimingNote = "Only events inside a unit's window count; the others are kept and shown here.";
    public const string InWindow = "In the window";
    public const string BeforeExposure = "Before exposure";
    public const string AfterWindow = "After the window";
    public const string Unexposed = "Never exposed";
    public const string Holdout = "In the holdout";

    public const string Ingestion = "Ingestion";
    public const string IngestionNote = "Raw rows, before any window.";
    public const string ExposureRows = "Exposure rows";
    public const string EventRows = "Event rows";
    public const string Duplicates = "Duplicates";
    public const string Rejected = "Rejected";
    public const string Crossovers = "Crossovers";
    public const string LateArrivals = "Late arrivals";
    public const string Rearmed = "Re-armed units";
    public const string HoldoutUnits = "Holdout units";
    public const string LastEvent = "Last event";
    public const string EventName = "Event";
    public const string Events = "Events";
    public const string Sum = "Sum of values";

    public const string Guardrails = "Guardrails";
    public const string GuardrailsNote = "Safe is shown, not assumed: a guardrail without enough data is unknown.";
    public const string NoGuardrails = "The design declares no guardrail.";
    public const string Metric = "Metric";
    public const string Margin = "Margin";
    public const string Slack = "Distance from the margin";
    public const string SlackBound = "Lower bound";
    public const string State = "State";

    public const string CupedTitle = "CUPED";
    public const string CupedNote = "The same effects with the variance that pre-exposure values explain taken out: completed units, for reference.";
    public const string VarianceReduction = "Variance reduction";
    public const string Coverage = "Coverage";
    public const string AdjustedEffect = "Adjusted effect";

    public const string How = "How this was computed";
    public const string MethodHead = "Method";
    public const string ValidityHead = "Validity";
    public const string ReferenceTest = "Test shown for reference";
    public const string ErrorRate = "Error rate";
    public const string Correction = "Correction";
    public const string Window = "Window of the primary metric";
    public const string AsOf = "Maturity judged at";
    public const string Watermark = "Watermark";
    public const string Revision = "Iteration, epoch, design version";
    public const string Raw = "As JSON";
    public const string LiveStats = "readout";
    public const string Timeline = "course";
    public const string Verdicts = "changes of the verdict";
    public const string DecisionsLink = "decisions";
    public const string Audit = "audit";
    public const string FirstCrossed = "First significant";
    public const string Moments = "moments";
    public const string IngestionLink = "ingestion";
    public const string DesignLink = "design";
    public const string Disclaimer = "What may be acted on";

    public const string Progress = "Planned information";
    public const string CompletedUnits = "Completed units";
    public const string RunningUnits = "Exposed units";
    public const string FirstWindow = "First window closes";
    public const string Started = "Started";
    public const string Stopped = "Stopped";
    public const string AllReady = "What needs attention comes first.";
    public const string Effect = "Effect";

    public const string EmptyTitle = "No experiment yet";
    public const string EmptyDemo = "See three simulated experiments run:";
    public const string EmptyCreate = "Or create one, and start it:";
    public const string EmptyAfter = "Then send exposures and conversions, and open it here.";

    public const string SignInTitle = "Sign in";
    public const string SignInNote = "This installation asks for a key with the scope read, write or admin. It is made by the command";
    public const string SignInKey = "Key";
    public const string SignInSend = "Sign in";
    public const string SignOut = "Sign out";
    public const string SignInFailed = "That key is not known here.";

    public const string Back = "To the list of experiments";
    public const string ErrorNote = "It is in the log. Nothing that was acknowledged is lost. Name this trace when you report it:";

    public const string AllAsJson = "All of them as JSON";

    public static string More(int count) => $"{Figures.Count(count)} more, none of them more urgent.";

    public static string Against(string control) => $"against {control}";

    public static string Hundred(double level) => $"{Figures.Share(level)} intervals";

    /// <summary>The smallest useful design, ready to paste.</summary>
    public static string EmptyCommand(string address) => $$"""
        curl {{address}}/api/v1/experiments -H 'Content-Type: application/json' -d '{
          "key": "checkout-redesign",
          "setup": { "variations": [ { "key": "control" }, { "key": "one-page" } ] },
          "metrics": { "primary_metric_name": "purchase", "metric_type": "binary", "baseline_value": 0.04, "mde_pct": 5 }
        }'
        curl -X POST {{address}}/api/v1/experiments/checkout-redesign/start
        """;

    public static string Iteration(int number) => $"Amended: iteration {Figures.Count(number)} since";
}
