namespace Assay.Analysis.Wording;

/// <summary>Numbers in sentences, as the language of the sentence writes them.</summary>
internal static class Numerals
{
    /// <summary>A whole number in full: <c>12,345</c>.</summary>
    public static string Count(double count) => count.ToString("N0", Language.Numbers);

    /// <summary>So many digits at most: <c>0.0012</c>, <c>1.2e−8</c>.</summary>
    public static string Digits(double value, int significant)
    {
        var written = value.ToString(significant switch { 2 => "G2", 3 => "G3", _ => "G4" }, Language.Numbers);
        return written.Contains('E', StringComparison.Ordinal) && double.IsFinite(value) ? Power(value.ToString(significant switch { 2 => "0.#e-0", 3 => "0.##e-0", _ => "0.###e-0" }, Language.Numbers)) : written;
    }

    /// <summary>With the sign that stands as high as a plus.</summary>
    private static string Power(string written) => written.Replace("e-", "e−", StringComparison.Ordinal);
}
