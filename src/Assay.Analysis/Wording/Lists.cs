namespace Assay.Analysis.Wording;

/// <summary>How things are told one after the other.</summary>
public static class Lists
{
    private static readonly Texts Text = Texts.Of(typeof(Lists));

    /// <summary>Things side by side: <c>a, b, c</c>.</summary>
    /// <param name="things">What is listed.</param>
    public static string Listed(params IEnumerable<string> things) => string.Join(Text.Get("Listed"), things);

    /// <summary>Things that belong together: <c>a and b</c>.</summary>
    /// <param name="things">What belongs together; nothing is told of nothing.</param>
    public static string Joined(params IEnumerable<string> things) => After(nameof(Joined), things);

    /// <summary>Whole sentences after each other; those that are null or empty are left out.</summary>
    /// <param name="sentences">What is told, in order.</param>
    public static string Told(params IEnumerable<string?> sentences) =>
        After(nameof(Told), sentences.OfType<string>().Where(sentence => sentence.Length > 0));

    private static string After(string key, IEnumerable<string> parts) => parts.Aggregate((string?)null, (told, next) => told is null ? next : Text.Format(key, told, next)) ?? "";
}
