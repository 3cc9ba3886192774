using System.Text.Json;

namespace Assay.Statistics.Tests;

/// <summary>Every case of every file of the folder named by ASSAY_GOLDEN, by default tests/golden of the repository.</summary>
internal static class GoldenFolder
{
    public static readonly IReadOnlyDictionary<string, GoldenCase> Cases = Read();

    /// <summary>The root of the repository, found by walking up from the test binary.</summary>
    public static string Repository
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Assay.slnx"))) folder = folder.Parent;
            return folder?.FullName ?? throw new InvalidOperationException("The tests run from inside the repository, or with ASSAY_GOLDEN set.");
        }
    }

    private static Dictionary<string, GoldenCase> Read()
    {
        var named = Environment.GetEnvironmentVariable("ASSAY_GOLDEN");
        var folder = string.IsNullOrEmpty(named) ? Path.Combine(Repository, "tests", "golden") : named;
        var cases = new Dictionary<string, GoldenCase>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var file = JsonDocument.Parse(File.ReadAllText(path)).RootElement;
            var method = file.GetProperty("method").GetString()!;
            var tolerance = file.GetProperty("tolerance");
            foreach (var item in file.GetProperty("cases").EnumerateArray())
            {
                var id = item.GetProperty("id").GetString()!;
                var name = id.StartsWith(method + "/", StringComparison.Ordinal) ? id : $"{method}/{id}";
                cases.Add(name, new GoldenCase(method, tolerance, new Given(item.GetProperty("input")), item.GetProperty("expected")));
            }
        }

        return cases;
    }
}
