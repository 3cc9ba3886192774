using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Assay.Analysis.Wording;

namespace Assay.Analysis.Tests.Wording;

/// <summary>Holds every class of texts against its resource, both ways, and every translation against the English.</summary>
internal static partial class TextAudit
{
    private static readonly string[] Categories = ["zero", "one", "two", "few", "many", "other"];

    /// <summary>The classes of an assembly that tell texts.</summary>
    public static IEnumerable<Type> Owners(Assembly assembly) => assembly.GetTypes()
        .Where(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic).Any(field => field.FieldType == typeof(Texts)));

    /// <summary>Everything that is wrong with a class's texts.</summary>
    /// <param name="owner">The class.</param>
    /// <param name="folder">The folder that holds its source somewhere, and the resource beside that.</param>
    public static List<string> Faults(Type owner, string folder)
    {
        var file = Directory.GetFiles(folder, owner.Name + ".cs", SearchOption.AllDirectories).Single(path => Declares(path, owner));
        var texts = TextsOf(owner, CultureInfo.InvariantCulture)!;
        var uses = Uses(File.ReadAllText(file), texts.ContainsKey);
        List<string> faults =
        [
            .. uses.Exact.Where(key => !texts.ContainsKey(key)).Select(key => $"no text {key}"),
            .. uses.Plural.SelectMany(key => (string[])[$"{key}.one", $"{key}.other"]).Where(key => !texts.ContainsKey(key)).Select(key => $"no text {key}"),
            .. uses.Cases.SelectMany(name => CasesOf(owner, name)).Where(key => !texts.Keys.Any(text => text == key || text.StartsWith(key + ".", StringComparison.Ordinal))).Select(key => $"no text {key}"),
            .. texts.Keys.Where(key => !IsUsed(key, uses)).Select(key => $"nobody tells {key}"),
            .. XDocument.Load(Path.ChangeExtension(file, ".resx")).Descendants("data")
                .Where(data => Places(data.Element("value")!.Value).Length > 0 && Places(data.Element("value")!.Value) != Places(data.Element("comment")?.Value ?? ""))
                .Select(data => $"the comment of {data.Attribute("name")!.Value} does not say what each place is"),
        ];
        foreach (var language in Texts.LanguagesOf(owner.Assembly)) faults.AddRange(FaultsOf(language, owner, texts));
        return faults;
    }

    private static IEnumerable<string> FaultsOf(CultureInfo language, Type owner, Dictionary<string, string> english)
    {
        foreach (var (key, text) in TextsOf(owner, language) ?? [])
        {
            var original = english.GetValueOrDefault(key) ?? english.GetValueOrDefault(AsOther(key));
            if (original is null) yield return $"{language}: {key} is not told in English";
            else if (Places(original) != Places(text)) yield return $"{language}: {key} has the places {Places(text)} and not {Places(original)}";
        }
    }

    private static Dictionary<string, string>? TextsOf(Type owner, CultureInfo language) =>
        new ResourceManager(owner.FullName!, owner.Assembly).GetResourceSet(language, createIfNotExists: true, tryParents: false)
            ?.Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);

    private static bool Declares(string path, Type owner) => Regex.IsMatch(File.ReadAllText(path), $@"^namespace {Regex.Escape(owner.Namespace!)};", RegexOptions.Multiline, TimeSpan.FromSeconds(5));

    private static (HashSet<string> Exact, HashSet<string> Plural, HashSet<string> Cases) Uses(string source, Predicate<string> isText)
    {
        HashSet<string> exact = [.. OwnName().Matches(source).Select(match => match.Groups["key"].Value)], plural = [], cases = [];
        foreach (var call in Call().Matches(source).Cast<Match>())
        {
            var keys = Key().Matches(call.Groups["argument"].Value).Select(match => match.Groups["key"].Value);
            (call.Groups["method"].Value switch { "Plural" => plural, "Case" => cases, _ => exact }).UnionWith(keys);
        }

        exact.UnionWith(Named().Matches(source).Select(match => match.Groups["key"].Value).Where(key => !plural.Contains(key) && !cases.Contains(key)));

        // A key that is chosen before the call: as it stands or by its plural forms, it has to be there.
        foreach (var literal in Chosen().Matches(source).Select(match => match.Groups["key"].Value).Where(key => !exact.Contains(key) && !plural.Contains(key) && !cases.Contains(key)))
            (isText(literal) ? exact : plural).Add(literal);
        return (exact, plural, cases);
    }

    /// <summary>The keys that a member with a case for each value of an enumeration needs.</summary>
    private static IEnumerable<string> CasesOf(Type owner, string name) => owner.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(method => method.Name == name && method.GetParameters() is [{ ParameterType.IsEnum: true }])
        .SelectMany(method => Enum.GetNames(method.GetParameters()[0].ParameterType)).Select(value => $"{name}.{value}");

    private static bool IsUsed(string key, (HashSet<string> Exact, HashSet<string> Plural, HashSet<string> Cases) uses) =>
        uses.Exact.Contains(key)
        || (Categories.Contains(key[(key.LastIndexOf('.') + 1)..], StringComparer.Ordinal) && key.Contains('.', StringComparison.Ordinal) && uses.Plural.Contains(key[..key.LastIndexOf('.')]))
        || (key.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 && uses.Cases.Contains(key[..dot]));

    private static string AsOther(string key) => Categories.Contains(key[(key.LastIndexOf('.') + 1)..], StringComparer.Ordinal) ? key[..(key.LastIndexOf('.') + 1)] + "other" : key;

    private static string Places(string text) => string.Join(' ', Place().Matches(text).Select(match => match.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"static string\?? (?<key>\w+)(\([^)]*\))?\s*=>[^;]*?\bText\.Get\(\)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex OwnName();

    /// <summary>A call with what stands before the first comma that is not inside of brackets.</summary>
    [GeneratedRegex(@"\bText\.(?<method>Get|Format|Plural|Case)\(\s*(?<argument>(\([^()]*\)|\{[^{}]*\}|[^(),{}])+)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Call();

    [GeneratedRegex(@"(nameof\((?<key>\w+)\)|""(?<key>[^""]+)"")", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Key();

    [GeneratedRegex(@"nameof\((?<key>[A-Z]\w*)\)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Named();

    [GeneratedRegex(@"""(?<key>[A-Z]\w*\.[a-z_]\w*)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Chosen();

    [GeneratedRegex(@"\{\d+\}", RegexOptions.None, 5000)]
    private static partial Regex Place();
}
