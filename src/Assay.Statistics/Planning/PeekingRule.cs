namespace Assay.Statistics;

/// <summary>A rule for reading a running two-sided test.</summary>
public enum PeekingRule
{
    /// <summary>Read once, at the end.</summary>
    FixedHorizon,

    /// <summary>The fixed test read at every look: errs more often than its level.</summary>
    NaiveZ,

    /// <summary>z = 3 before the last look (Haybittle 1971; Peto et al. 1976).</summary>
    HaybittlePeto,

    /// <summary>O'Brien &amp; Fleming's exact bounds (1979).</summary>
    OBrienFleming,

    /// <summary>The spending function like O'Brien &amp; Fleming's (Lan &amp; DeMets 1983).</summary>
    SpendingOBrienFleming,

    /// <summary>α·t³ (Kim &amp; DeMets 1987).</summary>
    SpendingKimDeMets,

    /// <summary>The spending function like Pocock's (Lan &amp; DeMets 1983).</summary>
    SpendingPocock,

    /// <summary>Pocock's exact bounds (1977).</summary>
    Pocock,

    /// <summary>The mixture made exact for the schedule, <see cref="Statistics.CalibratedMixture"/>.</summary>
    CalibratedMixture,

    /// <summary><see cref="MixtureBoundaries.Hybrid"/>.</summary>
    Hybrid,

    /// <summary>The always-valid mixture, sharpest at the last look.</summary>
    MixtureToEnd,

    /// <summary>The same, sharpest at a tenth of the information.</summary>
    MixtureToTenth,

    /// <summary>The same, sharpest at a hundredth.</summary>
    MixtureToHundredth,

    /// <summary>The fixed test at α over the number of looks.</summary>
    Bonferroni,
}

/// <summary>What a rule for reading a running test errs, finds and costs.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Efficiency">Its error rate, power and sizes.</param>
public sealed record PeekingCost(PeekingRule Rule, RelativeEfficiency Efficiency)
{
    /// <summary>The rule in words, for a table.</summary>
    public string Name => Rule switch
    {
        PeekingRule.FixedHorizon => "fixed horizon, one look",
        PeekingRule.NaiveZ => "naive z at every look",
        PeekingRule.HaybittlePeto => "Haybittle-Peto 3",
        PeekingRule.OBrienFleming => "O'Brien-Fleming",
        PeekingRule.SpendingOBrienFleming => "Lan-DeMets O'Brien-Fleming",
        PeekingRule.SpendingKimDeMets => "Kim-DeMets 3",
        PeekingRule.SpendingPocock => "Lan-DeMets Pocock",
        PeekingRule.Pocock => "Pocock",
        PeekingRule.CalibratedMixture => "calibrated mixture",
        PeekingRule.Hybrid => "half mixture, half fixed",
        PeekingRule.MixtureToEnd => "mixture tuned to the end",
        PeekingRule.MixtureToTenth => "mixture tuned to a tenth",
        PeekingRule.MixtureToHundredth => "mixture tuned to a hundredth",
        PeekingRule.Bonferroni => "Bonferroni over the looks",
        _ => Rule.ToString(),
    };
}
