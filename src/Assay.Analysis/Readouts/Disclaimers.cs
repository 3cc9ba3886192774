using Assay.Analysis.Designs;
using Assay.Analysis.Wording;

namespace Assay.Analysis.Readouts;

/// <summary>What of a readout may be acted on, in plain words.</summary>
internal static class Disclaimers
{
    private static readonly Texts Text = Texts.Of(typeof(Disclaimers));

    public static string Of(ReadoutInput input) => input.Final
        ? Text.Get("Final")
        : Lists.Told(Decision(input.Design.Constraints.Analysis), Text.Get("Running"));

    private static string Decision(AnalysisMethod method) => Text.Case(nameof(Decision), method);
}
