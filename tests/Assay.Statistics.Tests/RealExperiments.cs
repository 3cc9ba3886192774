using System.Globalization;
using System.Text.Json;

namespace Assay.Statistics.Tests;

/// <summary>The last complete day of each real experiment of ../shared/data/asos_dev.csv against SciPy's answers in Data/asos_welch.json.</summary>
public sealed class RealExperiments
{
    private static readonly string Repository = GoldenFolder.Repository;

    [Fact]
    public void Welch_agrees_with_SciPy_on_the_last_day_of_every_experiment()
    {
        var data = Path.Combine(Repository, "..", "shared", "data", "asos_dev.csv");
        Assert.SkipUnless(File.Exists(data), "../shared/data/asos_dev.csv is not here");
        var answers = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository, "tests", "Assay.Statistics.Tests", "Data", "asos_welch.json"))).RootElement.GetProperty("answers");
        var compared = 0;
        foreach (var (key, control, treatment) in LastDays(data))
        {
            var expected = answers.GetProperty(key);
            var test = FixedHorizon.Welch(control, treatment, 0.05);
            Assert.True(test.IsDetermined, key);
            Near(expected[0].GetDouble(), test.Value.Statistic, key);
            Near(expected[1].GetDouble(), test.Value.PValue, key);
            compared++;
        }

        Assert.Equal(answers.EnumerateObject().Count(), compared);
        Assert.True(compared > 50);
    }

    private static void Near(double expected, double got, string key) =>
        Assert.True(Math.Abs(got - expected) <= 1e-12 + (1e-9 * Math.Abs(expected)), $"{key}: expected {expected:R}, got {got:R}");

    private static IEnumerable<(string Key, Moments Control, Moments Treatment)> LastDays(string path)
    {
        var last = new Dictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(path).Skip(1))
        {
            var cells = line.Split(',');
            if (cells.Contains(string.Empty)) continue;
            var key = string.Join('/', cells[..3]);
            var numbers = cells[3..].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray();
            if (!last.TryGetValue(key, out var before) || numbers[0] > before[0]) last[key] = numbers;
        }

        return last.Select(pair => (pair.Key, Arm(pair.Value[1], pair.Value[3], pair.Value[5]), Arm(pair.Value[2], pair.Value[4], pair.Value[6])));
    }

    private static Moments Arm(double count, double mean, double variance) => new((long)count, mean, variance * (count - 1));
}
