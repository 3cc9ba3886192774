namespace Assay.Analysis.Calibration;

/// <summary>Whether a study came out as it must.</summary>
public enum Verdict
{
    /// <summary>The method does what it promises.</summary>
    Holds,

    /// <summary>A naive method, shown beside, errs as it must.</summary>
    FailsAsItShould,

    /// <summary>The tally contradicts the right answer, twice, with different random numbers.</summary>
    Broken,
}
