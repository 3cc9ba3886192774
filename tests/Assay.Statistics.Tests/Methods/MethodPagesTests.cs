namespace Assay.Statistics.Tests.Methods;

/// <summary>The pages of docs/methods say what the library does, and show code that was compiled and numbers that it printed.</summary>
public sealed class MethodPagesTests
{
    private static readonly string[] Sections = ["The question", "Assumptions", "The formula", "References", "When not to use it", "How Assay uses it", "A worked case"];

    public static IEnumerable<TheoryDataRow<string>> Pages => MethodPage.Families.Keys.Order(StringComparer.Ordinal).Select(name => new TheoryDataRow<string>(name));

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_samples_of_a_page_are_the_compiled_ones_and_print_what_it_says(string name) => await CompareAsync(MethodPage.Families[name]);

    [Fact]
    public async Task The_samples_of_the_package_readme_are_the_compiled_ones_and_print_what_it_says() => await CompareAsync(MethodPage.PackageReadme);

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_has_the_sections_of_a_page(string name) => Assert.Equal(Sections, MethodPage.Families[name].Headings);

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_names_a_year_and_what_its_numbers_agree_with(string name)
    {
        var text = MethodPage.Families[name].Text;
        Assert.Matches(@"\b(1[789]|20)\d\d\b", text);
        Assert.Matches(@"(?i)\bagrees? with\b", text[text.IndexOf("## A worked case", StringComparison.Ordinal)..]);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_names_only_members_that_are_public(string name) => Assert.All(
        MethodPage.Families[name].Members,
        named => Assert.True(PublicTypes.ByName.TryGetValue(named.Type, out var type) && type.GetMember(named.Member).Length > 0, $"{named.Type}.{named.Member}"));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Relative_links_lead_somewhere(string name) => Assert.All(
        MethodPage.Families[name].Links, link => Assert.True(Path.Exists(Path.Combine(MethodPage.Folder, link)), link));

    [Fact]
    public void Every_sample_is_on_a_page() =>
        Assert.Equal(MethodPage.Families.Keys.Append("readme").Order(StringComparer.Ordinal), SampleProgram.Bodies.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void The_index_links_every_page_and_nothing_else()
    {
        var linked = MethodPage.Index.Links.Where(link => !link.Contains('/', StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        Assert.All(MethodPage.Families.Keys, page => Assert.Contains($"{page}.md", linked));
        Assert.All(MethodPage.Index.Links, link => Assert.True(Path.Exists(Path.Combine(MethodPage.Folder, link)), link));
    }

    [Fact]
    public void Every_family_of_the_library_is_on_a_page()
    {
        var text = string.Join('\n', MethodPage.Families.Values.Select(page => page.Text));
        Assert.All(PublicTypes.OfFamilies, type => Assert.Matches($@"`{type.Name}\b", text));
    }

    private static async Task CompareAsync(MethodPage page)
    {
        Assert.NotEmpty(page.Samples);
        Assert.True(page.CodeBlocks == page.Samples.Count, "A block of C# without the block of text that it prints.");
        Assert.Equal(SampleProgram.Bodies[page.Name], page.Samples.Select(sample => sample.Code));
        Assert.Equal((await SampleProgram.OutputsAsync())[page.Name], page.Samples.Select(sample => sample.Output));
    }
}
