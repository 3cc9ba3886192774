using System.Text;
using Assay.Statistics.Tests.Methods;

namespace Assay.Statistics.Tests.Packaging;

[Trait("Ring", "pack")]
public sealed class PackageTests(PackedLibrary library) : IClassFixture<PackedLibrary>
{
    [Fact]
    public void The_package_holds_the_library_its_documentation_and_its_readme() => Assert.Equal(
        ["Assay.Statistics.nuspec", "README.md", "lib/net10.0/Assay.Statistics.dll", "lib/net10.0/Assay.Statistics.xml"],
        library.Files(".nupkg").Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void The_symbols_are_a_package_of_their_own() => Assert.Equal(
        ["Assay.Statistics.nuspec", "lib/net10.0/Assay.Statistics.pdb"], library.Files(".snupkg").Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void The_package_depends_on_nothing() => Assert.DoesNotContain(library.Metadata().Descendants(), element => element.Name.LocalName == "dependency");

    [Theory]
    [InlineData("id", "Assay.Statistics")]
    [InlineData("license", "Apache-2.0")]
    [InlineData("readme", "README.md")]
    public void The_package_says_what_it_is(string element, string value) => Assert.Equal(value, Element(element));

    [Theory]
    [InlineData("description")]
    [InlineData("tags")]
    public void The_package_can_be_found(string element) => Assert.True(Element(element).Length > 50, element);

    [Fact]
    public void Nothing_names_a_folder_of_the_machine_that_built_it()
    {
        var files = library.Files(".nupkg").Concat(library.Files(".snupkg"));
        Assert.All(files, file => Assert.All(new[] { Encoding.UTF8, Encoding.Unicode }, encoding => Assert.False(
            file.Value.AsSpan().IndexOf(encoding.GetBytes(GoldenFolder.Repository)) >= 0, file.Key)));
        // The search can find something: the mapped name of the symbols is there.
        Assert.True(library.Files(".nupkg")["lib/net10.0/Assay.Statistics.dll"].AsSpan().IndexOf("/_/"u8) >= 0);
    }

    [Fact]
    public async Task A_program_with_nothing_but_the_package_runs_what_its_readme_shows()
    {
        var readme = MethodPage.PackageReadme with { Text = Encoding.UTF8.GetString(library.Files(".nupkg")["README.md"]) };
        var program = new StringBuilder("using Assay.Statistics;\n").AppendJoin("", readme.Samples.Select(sample => $"{{\n{sample.Code}}}\n"));
        var folder = library.Consumer;
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), program.ToString(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), Sources(library.Feed), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "Consumer.csproj"), Project, TestContext.Current.CancellationToken);
        await Command.DotnetAsync(folder, "build", "--output", "out", "-verbosity:quiet");
        var printed = await Command.DotnetAsync(folder, Path.Combine("out", "Consumer.dll"));
        Assert.Equal(string.Concat(readme.Samples.Select(sample => sample.Output)), printed);
    }

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <OutputType>Exe</OutputType>
            <ImplicitUsings>enable</ImplicitUsings>
            <UseAppHost>false</UseAppHost>
            <UseSharedCompilation>false</UseSharedCompilation>
            <InvariantGlobalization>true</InvariantGlobalization>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Assay.Statistics" Version="*" />
          </ItemGroup>
        </Project>
        """;

    /// <summary>The folder and nothing else, and a cache of its own: an older package of the same version must not answer.</summary>
    private static string Sources(string feed) => $"""
        <configuration>
          <config><add key="globalPackagesFolder" value="packages" /></config>
          <packageSources><clear /><add key="here" value="{feed}" /></packageSources>
          <fallbackPackageFolders><clear /></fallbackPackageFolders>
        </configuration>
        """;

    private string Element(string name) => library.Metadata().Elements().Single(element => element.Name.LocalName == name).Value;
}
