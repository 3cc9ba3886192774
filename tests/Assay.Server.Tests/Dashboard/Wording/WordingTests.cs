using System.Text.RegularExpressions;
using Assay.Analysis.Tests.Wording;
using Assay.Server.Dashboard.Acting;
using Assay.Server.Dashboard.Planning;
using Assay.Server.Dashboard.Wording;
using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Dashboard.Wording;

/// <summary>Every text of the pages is in a resource, and every resource is told.</summary>
public sealed partial class WordingTests
{
    public static TheoryData<string> Classes => [.. TextAudit.Owners(typeof(Program).Assembly).Select(owner => owner.FullName!)];

    public static TheoryData<string> Components => [.. Repository.Files("src/Assay.Server", ".razor").Where(file => !file.EndsWith("_Imports.razor", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Classes))]
    public void Every_text_is_told_and_every_told_text_is_there(string owner) =>
        Assert.Empty(TextAudit.Faults(typeof(Program).Assembly.GetType(owner)!, Path.Combine(Repository.Root, "src", "Assay.Server")));

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
        string[] acts = [Act.Start, Act.Pause, Act.Resume, Act.Stop, Act.Archive];
        Assert.All(acts, act => Assert.NotEmpty(ActWords.Button(act)));
        Assert.All([.. acts, Act.Create, Act.Decide], act => Assert.NotEmpty(ActWords.Done(act)));
        Assert.All((string[])[Act.Stop, Act.Archive], act => Assert.NotEmpty(ActWords.Confirm(act)));
        Assert.Equal([Act.Start, Act.Stop, Act.Archive], acts.Where(act => ActWords.Note(act) is not null));
        Assert.All(PlanChoices.Roles, role => Assert.NotEmpty(PlanWords.Role(role)));
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

    [GeneratedRegex(@"(margin|padding|border)-(left|right)|[{;]\s*(left|right)\s*:|(text-align|float|clear)\s*:\s*(left|right)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Physical();
}
