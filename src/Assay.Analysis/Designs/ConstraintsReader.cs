namespace Assay.Analysis.Designs;

/// <summary>Reads <c>constraints</c>: the method of analysis and its schedule.</summary>
internal static class ConstraintsReader
{
    private static readonly string[] LaterMultiplicities = ["none", "bonferroni", "hochberg", "hommel", "dunnett"];

    public static Constraints Read(Fields fields)
    {
        var looks = fields.Number("n_looks", new NumberRange(1, true, int.MaxValue, true)) ?? 1;
        if (!double.IsInteger(looks)) fields.Report("n_looks", DesignErrorCode.InvalidValue, "The number of looks is a whole number.");
        else if (looks > 1) fields.Report("n_looks", DesignErrorCode.NotSupportedYet, "Designs of several looks are not supported yet.");
        var analysis = fields.Choice<AnalysisMethod>("analysis") ?? AnalysisMethod.AlwaysValid;
        if (analysis == AnalysisMethod.GroupSequential)
            fields.Report("analysis", DesignErrorCode.NotSupportedYet, "Group-sequential designs are not supported yet.");
        var spending = fields.Text("spending") ?? Spendings.Names[0];
        if (!Spendings.Names.Contains(spending, StringComparer.Ordinal))
            fields.Report("spending", DesignErrorCode.InvalidValue, $"One of {string.Join(", ", Spendings.Names)} is wanted.");
        var multiplicity = fields.Text("multiplicity") ?? "holm";
        if (LaterMultiplicities.Contains(multiplicity, StringComparer.Ordinal))
            fields.Report("multiplicity", DesignErrorCode.NotSupportedYet, "Only holm is supported yet.");
        else if (!string.Equals(multiplicity, "holm", StringComparison.Ordinal))
            fields.Report("multiplicity", DesignErrorCode.InvalidValue, "holm is wanted.");
        fields.RefuseUnknown();
        return new Constraints(analysis, (int)looks, spending, multiplicity);
    }
}
