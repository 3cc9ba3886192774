using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Assay.Statistics.Tests.Totality;

/// <summary>Where the documentation of a library admits a number that is none: an infinity, or NaN for a variance of too few units.</summary>
internal static partial class Documented
{
    private static readonly ConcurrentDictionary<Assembly, ILookup<string, XElement>> Files = new();

    public static bool MayBeInfinite(MemberInfo member) => Infinite().IsMatch(Text(member));

    public static bool MayBeNaN(MemberInfo member) => NotANumber().IsMatch(Text(member));

    /// <summary>What a function (its overloads together) or a property says of its answer: its own words, or those of its parameter in the record.</summary>
    private static string Text(MemberInfo member)
    {
        var type = member.DeclaringType!;
        var name = type.FullName!.Replace('+', '.');
        var members = Files.GetOrAdd(type.Assembly, Read);
        return member switch
        {
            PropertyInfo => Said(members[$"P:{name}.{member.Name}"]) + string.Concat(members[$"T:{name}"].Elements("param").Where(p => p.Attribute("name")?.Value == member.Name)),
            ConstructorInfo => Said(members[$"M:{name}.#ctor"]),
            _ => Said(members[$"M:{name}.{member.Name}"]),
        };
    }

    /// <summary>What is said of the answer: not of a parameter, an exception or the type.</summary>
    private static string Said(IEnumerable<XElement> members) => string.Concat(members.Elements().Where(part => part.Name.LocalName is "summary" or "returns"));

    private static ILookup<string, XElement> Read(Assembly assembly) => XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
        .ToLookup(member => member.Attribute("name")!.Value.Split('(')[0].Split('`')[0], StringComparer.Ordinal);

    [GeneratedRegex("∞|[Ii]nfinit", RegexOptions.None, 1000)]
    private static partial Regex Infinite();

    [GeneratedRegex("NaN", RegexOptions.None, 1000)]
    private static partial Regex NotANumber();
}
