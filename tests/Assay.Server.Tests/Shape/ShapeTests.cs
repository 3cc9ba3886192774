using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Assay.Server.Hosting;
using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Shape;

/// <summary>The arrows and sizes that the design promises; a new arrow is a decision, and then a line here.</summary>
public sealed partial class ShapeTests
{
    private static readonly Dictionary<string, string[]> AssemblyArrows = new(StringComparer.Ordinal)
    {
        ["Assay.Statistics"] = [],
        ["Assay.Assignment"] = [],
        ["Assay.Analysis"] = ["Assay.Statistics", "Assay.Assignment"],
        ["Assay.Sdk"] = ["Assay.Assignment"],
        ["assay"] = ["Assay.Analysis", "Assay.Sdk", "Assay.Statistics", "Assay.Assignment"],
    };

    /// <summary>What a room may know of the server. Program, in no room, knows them all.</summary>
    private static readonly Dictionary<string, string[]> RoomArrows = new(StringComparer.Ordinal)
    {
        ["Storage"] = [],
        ["Hosting"] = ["Access", "Storage"],
        ["Access"] = ["Hosting", "Storage"],
        ["Experiments"] = ["Access", "Hosting", "Results", "Storage"],
        ["Planning"] = ["Access", "Experiments", "Hosting", "Storage"],
        ["Metrics"] = ["Access", "Hosting", "Storage"],
        ["Evaluation"] = ["Access", "Hosting", "Storage"],
        ["Events"] = ["Access", "Hosting", "Storage"],
        ["Results"] = ["Access", "Hosting", "Storage"],
        ["Decisions"] = ["Access", "Experiments", "Hosting", "Results", "Storage"],
        ["Units"] = ["Access", "Events", "Hosting", "Storage"],
        ["Retention"] = ["Access", "Events", "Hosting", "Storage"],
        ["Dashboard"] = ["Access", "Decisions", "Events", "Experiments", "Hosting", "Metrics", "Results", "Storage"],
        ["Cli"] = ["Access", "Hosting", "Storage"],
    };

    [Fact]
    public void Assemblies_point_one_way()
    {
        foreach (var (assembly, allowed) in AssemblyArrows)
        {
            var arrows = References(assembly).Where(AssemblyArrows.ContainsKey).Except(allowed, StringComparer.Ordinal);
            Assert.True(!arrows.Any(), $"{assembly} → {string.Join(", ", arrows)}");
        }
    }

    [Theory]
    [InlineData("Assay.Statistics")]
    [InlineData("Assay.Assignment")]
    [InlineData("Assay.Analysis")]
    public void Libraries_of_the_domain_need_no_package(string assembly) => Assert.All(
        References(assembly), reference => Assert.True(reference.StartsWith("System.", StringComparison.Ordinal) || AssemblyArrows.ContainsKey(reference), $"{assembly} → {reference}"));

    [Fact]
    public void Rooms_of_the_server_know_only_what_they_may()
    {
        var arrows =
            from file in Repository.Files("src/Assay.Server", ".cs", ".razor")
            let room = RoomOf(file)
            where room is not null
            from used in RoomsUsedIn(File.ReadAllText(Path.Combine(Repository.Root, file)))
            where used != room && !RoomArrows.GetValueOrDefault(room, []).Contains(used, StringComparer.Ordinal)
            select $"{file} → {used}";
        Assert.Empty(arrows);
    }

    [Fact]
    public void A_room_never_calls_the_handler_of_another_but_pages_may()
    {
        var handlers = Repository.Files("src/Assay.Server", ".cs")
            .Select(file => (File: file, Room: RoomOf(file), Text: File.ReadAllText(Path.Combine(Repository.Root, file)))).ToArray();
        var slices = handlers.Where(file => file.Text.Contains(" Handle(", StringComparison.Ordinal))
            .Select(file => (file.Room, Name: Path.GetFileNameWithoutExtension(file.File)));
        var calls =
            from slice in slices
            from file in handlers
            where file.Room is not null and not "Dashboard" && file.Room != slice.Room && Regex.IsMatch(file.Text, $@"\b{slice.Name}\.Handle\b", RegexOptions.None, TimeSpan.FromSeconds(1))
            select $"{file.File} → {slice.Name}";
        Assert.Empty(calls);
    }

    [Fact]
    public void No_file_is_longer_than_400_lines()
    {
        var long_ = Repository.Files(".", ".cs", ".razor", ".sql", ".css", ".js")
            .Select(file => (File: file, Lines: File.ReadLines(Path.Combine(Repository.Root, file)).Count()))
            .Where(file => file.Lines > 400);
        Assert.Empty(long_);
    }

    [Fact]
    public void The_program_is_a_table_of_contents() => Assert.InRange(File.ReadLines(Path.Combine(Repository.Root, "src/Assay.Server/Program.cs")).Count(), 1, 60);

    [Fact]
    public void Names_are_those_of_the_field()
    {
        var names = Repository.Files("src", ".cs").Select(Path.GetFileNameWithoutExtension).Where(name => WornName().IsMatch(name!));
        Assert.Empty(names);
    }

    [Fact]
    public void Every_problem_code_in_the_sources_is_documented_and_every_documented_one_is_used()
    {
        var files = Repository.Files("src/Assay.Server", ".cs").Where(file => !file.EndsWith("ProblemCodes.cs", StringComparison.Ordinal))
            .Select(file => File.ReadAllText(Path.Combine(Repository.Root, file))).ToArray();
        var text = string.Join('\n', files);
        var used = files.SelectMany(ProblemCodesIn).ToHashSet(StringComparer.Ordinal);
        var documented = ProblemCodes.All.Select(problem => problem.Code).ToArray();
        Assert.Superset(new HashSet<string>(["not_found", "overloaded", "storage_failed", "not_running", "unsupported_media_type", "busy"], StringComparer.Ordinal), used);
        Assert.Empty(used.Except(documented, StringComparer.Ordinal));
        Assert.All(documented, code => Assert.Contains($"\"{code}\"", text, StringComparison.Ordinal));
        Assert.Equal(documented.Length, documented.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Every_decision_is_listed()
    {
        var folder = Path.Combine(Repository.Root, "docs", "decisions");
        var index = File.ReadAllText(Path.Combine(folder, "README.md"));
        var pages = Directory.GetFiles(folder, "????-*.md").Select(Path.GetFileName).ToHashSet(StringComparer.Ordinal);
        Assert.All(pages, page => Assert.Contains($"({page})", index, StringComparison.Ordinal));
        Assert.Superset(DecisionLink().Matches(index).Select(match => match.Groups["page"].Value).ToHashSet(StringComparer.Ordinal), pages!);
    }

    [Fact]
    public void The_search_for_problem_codes_sees_through_wrappers_and_their_defaults() => Assert.Equal(
        ["a_default", "a_direct", "a_status", "a_wrapped", "another_wrapped"],
        ProblemCodesIn("""
            static (string Code, string Detail) CodeOf(int status) => status switch { 1 => ("a_status", "Text.") };
            var x = Problems.Of(condition ? 1 : 2, "a_direct", "Title", $"not_me {Of("nor_me")}");
            return Refused(Context(1), wide ? "a_wrapped" : "another_wrapped", "Why.");
            static ProblemHttpResult Refused(HttpContext context, string code = "a_default", string why = "no") => Problems.Of(503, code, "Title", why);
            static bool Blame(string code) => Blame("an_item_code");
            """).Order(StringComparer.Ordinal));

    /// <summary>Codes in the calls of <c>Problems.Of</c> and of every method of the file that answers a problem of a code it is given.</summary>
    private static IEnumerable<string> ProblemCodesIn(string source)
    {
        var codeAt = ProblemWrapper().Matches(source)
            .Select(match => (Call: match.Groups["name"].Value, Index: match.Groups["before"].Value.Count(letter => letter == ',')))
            .Append((Call: "Problems.Of", Index: 1)).Distinct();
        var given =
            from wrapper in codeAt
            from Match call in Regex.Matches(source, $@"\b{Regex.Escape(wrapper.Call)}\(", RegexOptions.None, TimeSpan.FromSeconds(5))
            select ArgumentsAt(source, call.Index + call.Length).ElementAtOrDefault(wrapper.Index) ?? "";
        var named = CodeTable().Matches(source).Select(match => match.Value);
        return given.Concat(named).SelectMany(text => CodeLiteral().Matches(text).Select(match => match.Groups["code"].Value)).Distinct(StringComparer.Ordinal);
    }

    /// <summary>The arguments of a call from behind its parenthesis on, as they are written.</summary>
    private static IEnumerable<string> ArgumentsAt(string source, int start)
    {
        var (depth, quoted) = (0, false);
        for (var at = start; at < source.Length && depth >= 0; at++)
        {
            if (source[at] == '"' && source[at - 1] != '\\') quoted = !quoted;
            if (quoted) continue;
            if (source[at] is '(' or '[' or '{') depth++;
            if (source[at] is ')' or ']' or '}') depth--;
            if (depth >= 0 && (depth > 0 || source[at] != ',')) continue;
            yield return source[start..at];
            start = at + 1;
        }
    }

    private static string[] References(string assembly)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"));
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name))];
    }

    private static string? RoomOf(string file) => file.Split(Path.DirectorySeparatorChar) is [_, _, var room, _, ..] ? room : null;

    private static IEnumerable<string> RoomsUsedIn(string text) => RoomName().Matches(text).Select(match => match.Groups["room"].Value).Distinct(StringComparer.Ordinal);

    [GeneratedRegex(@"^\s*@?using (static )?Assay\.Server\.(?<room>\w+)|[^.\w]Assay\.Server\.(?<room>[A-Z]\w+)\.[A-Z]", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex RoomName();

    [GeneratedRegex(@"(Manager|Helper|Service|Processor|Base|Impl|Dto|Utils)s?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WornName();

    [GeneratedRegex(@"\b(ProblemHttpResult|IResult)\S* (?<name>\w+)\((?<before>[^)]*)\bstring code\b", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex ProblemWrapper();

    /// <summary>An arm of a table of codes by status.</summary>
    [GeneratedRegex(@"=> \(""[a-z_]+"", ", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex CodeTable();

    [GeneratedRegex(@"""(?<code>[a-z_]+)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex CodeLiteral();

    [GeneratedRegex(@"\((?<page>\d{4}-[a-z0-9-]+\.md)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DecisionLink();
}
