using Assay.Analysis.Designs;

namespace Assay.Analysis.Readouts;

/// <summary>What of a readout may be acted on, in plain words.</summary>
internal static class Disclaimers
{
    private const string Running = " Numbers on all exposed units (control, treatment, analysis, bayesian) change while windows are open and are for reference only.";

    public static string Of(ReadoutInput input) => input.Final
        ? "The file is taken as complete: decide by the decision block, the fixed test read once, corrected over primaries and arms."
        : input.Design.Constraints.Analysis switch
        {
            AnalysisMethod.AlwaysValid => "Decide by the decision block: it is on units whose window has closed and is valid at every look." + Running,
            AnalysisMethod.FixedHorizon => "Decide by the decision block: it stays locked until both arms have their planned number of units with closed windows, and is then made on the units of that hour, at the end of the UTC day on those of that day; later units do not move it." + Running,
            AnalysisMethod.Bayesian => "The decision block is a posterior on units whose window has closed, for reference: it does not control the rate of false positives under repeated looks." + Running,
            _ => "Decide by the decision block: it changes only at the planned looks, which reading does not spend." + Running,
        };
}
