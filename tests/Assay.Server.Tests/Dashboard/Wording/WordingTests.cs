using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Assay.Analysis.Derivations;
using Assay.Analysis.Tests.Wording;
using Assay.Server.Dashboard.Acting;
using Assay.Server.Dashboard.Past;
using Assay.Server.Dashboard.Planning;
using Assay.Server.Dashboard.Wording;
using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Dashboard.Wording;

/// <summary>Every text of the pages is in a resource, and every resource is told.</summary>
public sealed partial class WordingTests
{
    public static TheoryData<string> Classes => [.. TextAudit.Owners(typeof(Program).Assembly).Select(owner => owner.FullName!)];

    /// <summary>The same in every language.</summary>
    private static readonly string[] Names = [Labels.Product];

    public static TheoryData<string> ClassesOfWords =>
    [
        .. typeof(Program).Assembly.GetTypes()
            .Where(type => !type.IsNested && !type.IsDefined(typeof(CompilerGeneratedAttribute)) && (type.Namespace == typeof(Labels).Namespace || type.Name.EndsWith("Words", StringComparison.Ordinal)))
            .Select(type => type.FullName!),
    ];

    public static TheoryData<string> Components => [.. Repository.Files("src/Assay.Server", ".razor").Where(file => !file.EndsWith("_Imports.razor", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Classes))]
    public void Every_text_is_told_and_every_told_text_is_there(string owner) =>
        Assert.Empty(TextAudit.Faults(typeof(Program).Assembly.GetType(owner)!, Path.Combine(Repository.Root, "src", "Assay.Server")));

    /// <summary>A class of words is one by its namespace or by its name: the next page cannot forget that it has to be translated.</summary>
    [Theory]
    [MemberData(nameof(ClassesOfWords))]
    public void A_class_of_words_tells_nothing_but_texts(string name)
    {
        var type = typeof(Program).Assembly.GetType(name)!;
        Assert.Empty(Constants(type).Where(field => !Names.Contains(field.GetValue(null))).Select(field => field.Name));
        foreach (var file in FilesOf(type))
        {
            var resource = Path.ChangeExtension(file, ".resx");
            string[] keys = TextAudit.Owners(typeof(Program).Assembly).Contains(type) && File.Exists(resource) ? [.. XDocument.Load(resource).Descendants("data").Select(data => data.Attribute("name")!.Value)] : [];
            Assert.Empty(AnsweredText.Of(File.ReadAllText(file), text => keys.Any(key => key == text || key.StartsWith(text + ".", StringComparison.Ordinal))).Except(Names, StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("string A => Text.Get(\"A.one\"); string B => c ? \"B\" : \"A.two\";", "")]
    [InlineData("string Of(string act) => act switch { \"paused\" or \"resumed\" => Text.Case(nameof(Of), act), _ => Text.Format(\"A\", $\"{act} · {b}\") };", "")]
    [InlineData("x switch { 1 => \"good\", 2 => \"docs/methods/a-b.md\", _ => \" × \" }; y.Replace('\"', ' '); date.ToString(\"yyyy-MM-dd\", c);", "")]
    [InlineData("/// <summary>What a \"quote\" says.</summary>\nstring C => \"Paused\";", "Paused")]
    [InlineData("public const string Title = \"History\";", "History")]
    [InlineData("x switch { 1 => \"measured\", _ => \"by the design\" }", "measured|by the design")]
    [InlineData("return $\"entry {Figures.Count(number)}\";", "entry {Figures.Count(number)}")]
    [InlineData("Told(a, \"no entry\", \"A.one\")", "no entry")]
    [InlineData("days == 1 ? \"day\" : \"days\"", "day|days")]
    public void The_search_for_told_literals_knows_keys_from_words(string source, string found) =>
        Assert.Equal(found, string.Join('|', AnsweredText.Of(source, text => text is "A" or "B" or "A.one" or "A.two")));

    [Theory]
    [MemberData(nameof(Components))]
    public void No_letter_stands_in_a_component(string file) => Assert.Equal("", LiteralText.Of(File.ReadAllText(Path.Combine(Repository.Root, file))));

    [Theory]
    [InlineData("<p title=\"@(a ? \"x>y\" : null)\">@Labels.Arms, @Words.Of(b, \"c\")</p>", "")]
    [InlineData("<p>@Labels.Arms of @Labels.Foot</p>", "of")]
    [InlineData("@if (a.Count > 0)\n{\n  <p>Three</p>\n}\nelse if (b)\n{\n  var x = $\"y\";\n}", "Three")]
    [InlineData("<code>./assay</code> · <b>@a?.b[0]!.c α</b>\n@code { string d = \"e\"; }", "α")]
    public void The_search_for_letters_knows_tags_from_text(string component, string found) => Assert.Equal(found, LiteralText.Of(component));

    [Fact]
    public void Every_act_and_role_has_its_words()
    {
        string[] acts = [Act.Start, Act.Pause, Act.Resume, Act.Stop, Act.Archive, Act.Delete];
        Assert.All(acts, act => Assert.NotEmpty(ActWords.Button(act)));
        Assert.All([.. acts.Except([Act.Delete], StringComparer.Ordinal), Act.Create, Act.Edit, Act.Decide], act => Assert.NotEmpty(ActWords.Done(act)));
        Assert.All((string[])[Act.Stop, Act.Archive, Act.Delete], act => Assert.NotEmpty(ActWords.Confirm(act)));
        Assert.Equal([Act.Start, Act.Stop, Act.Archive, Act.Delete], acts.Where(act => ActWords.Note(act) is not null));
        Assert.All(PlanChoices.Roles, role => Assert.NotEmpty(PlanWords.Role(role)));
    }

    [Fact]
    public void Every_step_quantity_and_mark_has_its_words()
    {
        var design = Samples.Winner().Design;
        Assert.All(Enum.GetValues<DerivationKind>(), kind => Assert.NotEmpty(NumbersWords.Of(kind) + NumbersWords.NoteOf(kind, design)));
        Assert.All(Enum.GetValues<Quantity>(), quantity => Assert.NotEmpty(NumbersWords.Of(quantity) + NumbersWords.Source(quantity)));
        Assert.All(Enum.GetValues<MilestoneKind>(), kind => Assert.NotEmpty(MarkWords.Of(new Milestone(default, kind))));
    }

    [Fact]
    public void Styles_know_a_start_and_an_end_and_no_left_and_right()
    {
        var physical =
            from file in Repository.Files("src/Assay.Server/Dashboard/wwwroot", ".css")
            from Match match in Physical().Matches(File.ReadAllText(Path.Combine(Repository.Root, file)))
            select $"{file}: {match.Value}";
        Assert.Empty(physical);
        Assert.Matches(Physical(), "a { margin-left: 1px }");
    }

    private static IEnumerable<FieldInfo> Constants(Type type) => type
        .GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .Where(field => field.FieldType == typeof(string) && !field.IsPrivate);

    private static string[] FilesOf(Type type)
    {
        string[] files = [.. Repository.Files("src/Assay.Server", ".cs").Where(file => Path.GetFileName(file) == type.Name + ".cs").Select(file => Path.Combine(Repository.Root, file))];
        Assert.NotEmpty(files);
        return files;
    }

    [GeneratedRegex(@"(margin|padding|border)-(left|right)|[{;]\s*(left|right)\s*:|(text-align|float|clear)\s*:\s*(left|right)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Physical();
}
