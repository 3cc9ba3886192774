namespace Assay.Analysis.Designs;

/// <summary>Reads <c>policy</c>: what the verdict is told before the start.</summary>
internal static class PolicyReader
{
    /// <param name="fields">The section.</param>
    /// <param name="mdePct">The default of the futility effect; NaN where the document misses it, which has been reported.</param>
    public static Policy Read(Fields fields, double mdePct)
    {
        var policy = new Policy(
            fields.Number("futility_effect_pct", NumberRange.Positive) ?? mdePct,
            fields.Number("prior_success_rate", NumberRange.Share));
        fields.RefuseUnknown();
        return policy;
    }
}
