namespace Assay.Analysis.Verdicts;

/// <summary>How often experiments of this installation found what they looked for.</summary>
/// <param name="Successes">Experiments whose primary was better, of those decided.</param>
/// <param name="Decided">Experiments that came to a decision.</param>
public sealed record InstallationRecord(long Successes, long Decided)
{
    /// <summary>With fewer decided experiments the record says nothing.</summary>
    public const int Fewest = 20;

    /// <summary>Share of ideas that truly work: the wins w that a test of power P and chance wins a would show are w = πP + (1 − π)a, solved for π and kept within (0, 1) (Kohavi, Deng &amp; Vermeer 2022).</summary>
    /// <param name="power">P, of the test of a true effect.</param>
    /// <param name="chance">a, the probability that a test of no effect wins.</param>
    /// <returns>Null with fewer than 20 decided experiments.</returns>
    internal double? SuccessRate(double power, double chance) =>
        Decided < Fewest ? null : Math.Clamp(((Successes / (double)Decided) - chance) / (power - chance), 0, 1);
}
