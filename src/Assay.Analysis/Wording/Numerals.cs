namespace Assay.Analysis.Wording;

/// <summary>Numbers in sentences, as the language of the sentence writes them.</summary>
internal static class Numerals
{
    /// <summary>A whole number in full: <c>12,345</c>.</summary>
    public static string Count(double count) => count.ToString("N0", Language.Numbers);

    /// <summary>So many digits at most: <c>0.0012</c>, <c>1.2E-08</c>.</summary>
    public static string Digits(double value, int significant) => value.ToString(significant switch { 2 => "G2", 3 => "G3", _ => "G4" }, Language.Numbers);
}
