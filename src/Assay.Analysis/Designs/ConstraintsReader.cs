namespace Assay.Analysis.Designs;

/// <summary>Reads <c>constraints</c>: the method of analysis and its schedule.</summary>
internal static class ConstraintsReader
{
    /// <summary>More are no plan but a sequence, which always_valid is for.</summary>
    private const int MostLooks = 50;

    private static readonly string[] LaterMultiplicities = ["none", "bonferroni", "hochberg", "hommel", "dunnett"];

    public static Constraints Read(Fields fields)
    {
        var looks = fields.Number("n_looks", new NumberRange(1, true, MostLooks, true)) ?? 1;
        if (!double.IsInteger(looks)) fields.Report("n_looks", DesignErrorCode.InvalidValue, "The number of looks is a whole number.");
        var analysis = fields.Choice<AnalysisMethod>("analysis") ?? (looks > 1 ? AnalysisMethod.GroupSequential : AnalysisMethod.AlwaysValid);
        if (looks > 1 && analysis != AnalysisMethod.GroupSequential && fields.AreSound("n_looks", "analysis"))
            fields.Report("n_looks", DesignErrorCode.InvalidValue, "Only a group_sequential analysis has planned looks.");
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
