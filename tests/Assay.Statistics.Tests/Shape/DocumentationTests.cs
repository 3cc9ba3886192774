using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Assay.Statistics.Tests.Shape;

/// <summary>A number that somebody must defend says where its formula comes from.</summary>
public sealed partial class DocumentationTests
{
    /// <summary>Containers of an answer: they compute nothing.</summary>
    private static readonly Type[] Containers = [typeof(Outcome<>)];

    private static readonly ILookup<string, string> Written = XDocument.Load(Path.ChangeExtension(typeof(Moments).Assembly.Location, ".xml")).Descendants("member")
        .ToLookup(member => member.Attribute("name")!.Value.Split('(')[0], member => member.Value, StringComparer.Ordinal);

    public static IEnumerable<TheoryDataRow<string>> Functions =>
        from type in typeof(Moments).Assembly.GetExportedTypes()
        where !Containers.Contains(type)
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where !method.IsSpecialName && method.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is null && method.GetBaseDefinition() == method
        group method by Name(type, method) into overloads
        orderby overloads.Key
        select new TheoryDataRow<string>(overloads.Key);

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_names_the_year_of_its_source_or_is_a_definition(string function)
    {
        var type = Written["T:" + function[..function.LastIndexOf('.')]].SingleOrDefault("");
        var overloads = Written["M:" + function].ToArray();
        Assert.NotEmpty(overloads);
        Assert.All(overloads, text => Assert.Matches(Source(), text + type));
    }

    [Fact]
    public void The_rule_can_fail()
    {
        Assert.DoesNotMatch(Source(), "The half-width of the interval: z·se, after 2000 draws.");
        Assert.Matches(Source(), "Welch's t (Welch 1947).");
    }

    private static string Name(Type type, MethodInfo method) =>
        $"{type.FullName!.Replace('+', '.')}.{method.Name}" + (method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "");

    /// <summary>A year inside parentheses, or the word that no source is needed.</summary>
    [GeneratedRegex(@"\([^()]*\b(1[789]|20)\d\d\b[^()]*\)|\([^()]*\b(definition|elementary)\b[^()]*\)|\bDLMF \d", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Source();
}
