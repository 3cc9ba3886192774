using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Runtime.CompilerServices;

namespace Assay.Analysis.Wording;

/// <summary>The texts of one class, from the resource beside it, in the language of <see cref="CultureInfo.CurrentUICulture"/>; where that has none, in English.</summary>
/// <remarks>
/// A key is the name of the member that tells the text, with a case behind a dot where it has several: <c>Status.running</c>. A translation is one more file, <c>Labels.de.resx</c> beside <c>Labels.resx</c>;
/// the build finds it, and nothing else has to know.
/// </remarks>
public sealed class Texts
{
    private const string LanguageKey = "Language";

    /// <summary>Around a value in a text from right to left: first strong isolate, pop directional isolate (Unicode Standard Annex 9).</summary>
    private const char Isolate = '\u2068', End = '\u2069';

    private readonly ResourceManager _resources;

    private Texts(Type owner)
    {
        Owner = owner;
        _resources = new ResourceManager(owner.FullName!, owner.Assembly);
    }

    /// <summary>The class that tells these texts.</summary>
    public Type Owner { get; }

    /// <summary>The texts of a class, from the resource of its full name.</summary>
    /// <param name="owner">A class with a <c>.resx</c> of its name beside it.</param>
    public static Texts Of(Type owner) => new(owner);

    /// <summary>The languages that an assembly is translated to, beside English, as its build found them.</summary>
    /// <param name="assembly">Any assembly of the product.</param>
    public static IReadOnlyList<CultureInfo> LanguagesOf(Assembly assembly) =>
        [.. assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Where(data => string.Equals(data.Key, LanguageKey, StringComparison.Ordinal)).Select(data => CultureInfo.GetCultureInfo(data.Value!))];

    /// <summary>A text as it stands.</summary>
    /// <param name="key">Its key; the calling member's name unless given.</param>
    /// <exception cref="MissingManifestResourceException">There is no such text.</exception>
    public string Get([CallerMemberName] string key = "")
    {
        var language = CultureInfo.CurrentUICulture;
        var text = _resources.GetString(key, PseudoLocale.Is(language) ? Language.English : language)
            ?? throw new MissingManifestResourceException($"{Owner.Name}.resx has no text '{key}'.");
        return PseudoLocale.Is(language) ? PseudoLocale.Of(text) : text;
    }

    /// <summary>A text with a case of its own for each value.</summary>
    /// <param name="key">The key up to the dot.</param>
    /// <param name="value">The value, by whose name the case is called.</param>
    /// <exception cref="MissingManifestResourceException">There is no such text.</exception>
    public string Case(string key, Enum value) => Get($"{key}.{value}");

    /// <summary>A text with a case of its own for each word.</summary>
    /// <param name="key">The key up to the dot.</param>
    /// <param name="word">The word after it.</param>
    /// <exception cref="MissingManifestResourceException">There is no such text.</exception>
    public string Case(string key, string word) => Get($"{key}.{word}");

    /// <summary>A text with values in its places {0}, {1}…: written already, so that who writes a number decides how.</summary>
    /// <param name="key">The key.</param>
    /// <param name="values">The values, in the order of the numbers of their places.</param>
    /// <exception cref="MissingManifestResourceException">There is no such text.</exception>
    /// <remarks>In a text from right to left a value is isolated: +5% stays +5% whatever stands beside it, and a name keeps its own direction.</remarks>
    public string Format(string key, params string?[] values) =>
        string.Format(CultureInfo.InvariantCulture, Get(key), Language.IsRightToLeft(CultureInfo.CurrentUICulture) ? [.. values.Select(value => $"{Isolate}{value}{End}")] : values);

    /// <summary>A text that differs with a count, by the categories of the language.</summary>
    /// <param name="key">The key up to the dot.</param>
    /// <param name="count">The count that decides.</param>
    /// <param name="values">The values of its places, the count among them if it is to be read.</param>
    /// <exception cref="MissingManifestResourceException">There is no text of the count's category.</exception>
    public string Plural(string key, long count, params string?[] values) => Format($"{key}.{Plurals.CategoryOf(CultureInfo.CurrentUICulture, count)}", values);
}
