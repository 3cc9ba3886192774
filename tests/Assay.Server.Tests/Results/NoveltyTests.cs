using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Assay.Server.Tests.Results;

/// <summary>The effect by days since first exposure, from events to the readout, on the real store.</summary>
public sealed class NoveltyTests
{
    private const int Units = 1_000;

    /// <summary>Who buys on the first, second and third day after exposure, of a thousand: three in ten, and in the treatment more.</summary>
    private static readonly int[] Control = [300, 300, 300], Fading = [600, 450, 300], Lasting = [400, 400, 400];

    private readonly DateTimeOffset _exposedAt = TimeProvider.System.GetUtcNow().AddDays(-6);

    [Fact]
    public async Task An_effect_that_wears_off_is_flagged_named_and_can_be_derived_from_the_moments()
    {
        await using var server = await StartAsync(72, Fading);
        var also = (await server.GetAsync("experiments/aged/live-stats")).GetProperty("also")[0];
        var novelty = also.GetProperty("novelty");
        Assert.Equal(("ok", true, "fading"), (novelty.GetProperty("status").GetString(), novelty.GetProperty("is_flagged").GetBoolean(), novelty.GetProperty("course").GetString()));
        Assert.Equal([1.0, 0.5, 0.0], novelty.GetProperty("ages").EnumerateArray().Select(age => Math.Round(age.GetProperty("effect_relative").GetDouble(), 12)));

        // Whoever has the moments needs nothing else: L, its covariance, and weighted least squares of three points by hand.
        var moments = (await server.GetAsync("experiments/aged/moments")).GetProperty("ages").EnumerateArray().ToList();
        Assert.Equal(["purchase 0 1 1000", "purchase 1 1 1000"], moments.Select(arm => $"{arm.GetProperty("metric").GetString()} {arm.GetProperty("variation_index")} {arm.GetProperty("age_days")} {arm.GetProperty("count")}"));
        var (slope, error) = Line(moments[0], moments[1]);
        Assert.Equal(slope, novelty.GetProperty("slope").GetProperty("per_day").GetDouble(), 1e-9);
        Assert.Equal(error, novelty.GetProperty("slope").GetProperty("standard_error").GetDouble(), 1e-9);

        var page = await server.Client.GetStringAsync("/experiments/aged", TestContext.Current.CancellationToken);
        Assert.Contains("Fades with age", page, StringComparison.Ordinal);
        Assert.True((await server.VerifyAsync("aged")).GetProperty("equal").GetBoolean());
    }

    [Fact]
    public async Task An_effect_that_lasts_shows_no_sign_of_novelty()
    {
        await using var server = await StartAsync(72, Lasting);
        var novelty = (await server.GetAsync("experiments/aged/live-stats")).GetProperty("also")[0].GetProperty("novelty");
        Assert.Equal(("ok", false, JsonValueKind.Null), (novelty.GetProperty("status").GetString(), novelty.GetProperty("is_flagged").GetBoolean(), novelty.GetProperty("course").ValueKind));
        Assert.Contains("No sign of novelty", await server.Client.GetStringAsync("/experiments/aged", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_short_window_has_no_ages_and_its_page_says_nothing_of_them()
    {
        await using var server = await StartAsync(24, Fading);
        var novelty = (await server.GetAsync("experiments/aged/live-stats")).GetProperty("also")[0].GetProperty("novelty");
        Assert.Equal(("short_window", 0), (novelty.GetProperty("status").GetString(), novelty.GetProperty("ages").GetArrayLength()));
        Assert.Equal(0, (await server.GetAsync("experiments/aged/moments")).GetProperty("ages").GetArrayLength());
        Assert.Equal(0, (await server.GetAsync("experiments/aged")).GetProperty("plan").GetProperty("ages").GetArrayLength());
        Assert.DoesNotContain("id=\"novelty\"", await server.Client.GetStringAsync("/experiments/aged", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static (double Slope, double Error) Line(JsonElement control, JsonElement treatment)
    {
        double Mean(JsonElement arm, int age) => arm.GetProperty("means")[age].GetDouble();
        double Covariance(JsonElement arm, int i, int j) =>
            arm.GetProperty("cross_deviations")[i][j].GetDouble() / (Units - 1) / Units / Mean(arm, i) / Mean(arm, j);
        var precision = Inverse(Enumerable.Range(0, 3).Select(i => Enumerable.Range(0, 3).Select(j => Covariance(control, i, j) + Covariance(treatment, i, j)).ToArray()).ToArray());
        double Weigh(Func<int, double> left, Func<int, double> right) => (from i in Enumerable.Range(0, 3) from j in Enumerable.Range(0, 3) select left(i) * precision[i][j] * right(j)).Sum();
        double One(int age) => 1;
        double Middle(int age) => age + 0.5;
        double Log(int age) => Math.Log(Mean(treatment, age) / Mean(control, age));
        var (one, line, both) = (Weigh(One, One), Weigh(Middle, Middle), Weigh(One, Middle));
        var determinant = (one * line) - (both * both);
        return (((one * Weigh(Middle, Log)) - (both * Weigh(One, Log))) / determinant, Math.Sqrt(one / determinant));
    }

    /// <summary>Cramer's rule.</summary>
    private static double[][] Inverse(double[][] m)
    {
        double Minor(int row, int column)
        {
            int[] rows = [.. Enumerable.Range(0, 3).Where(i => i != row)], columns = [.. Enumerable.Range(0, 3).Where(i => i != column)];
            return (m[rows[0]][columns[0]] * m[rows[1]][columns[1]]) - (m[rows[0]][columns[1]] * m[rows[1]][columns[0]]);
        }

        var determinant = Enumerable.Range(0, 3).Sum(column => (column % 2 == 0 ? 1 : -1) * m[0][column] * Minor(0, column));
        return [.. Enumerable.Range(0, 3).Select(i => Enumerable.Range(0, 3).Select(j => ((i + j) % 2 == 0 ? 1 : -1) * Minor(j, i) / determinant).ToArray())];
    }

    private async Task<RunningServer> StartAsync(int window, int[] treatment)
    {
        var server = await RunningServer.StartAsync();
        var (status, body) = await server.PostAsync("experiments", $$"""
            {
              "key": "aged",
              "setup": { "variations": [ { "key": "control" }, { "key": "new" } ] },
              "metrics": { "primary_metric_name": "purchase", "metric_type": "binary", "baseline_value": 0.6, "mde_pct": 10, "attribution_window_hours": {{window}} }
            }
            """);
        Assert.True(status == HttpStatusCode.Created, body.ToString());
        await server.BeginAsync("aged", _exposedAt.AddHours(-1));
        await server.RecordAsync("experiments/aged/exposures", $$"""{"exposures":[{{string.Join(",", from arm in (int[])[0, 1] from i in Enumerable.Range(0, Units) select $$"""{"user_id":"{{arm}}-{{i}}","variation_index":{{arm}},"occurred_at":"{{At(0)}}"}""")}}]}""");
        foreach (var (arm, days) in new[] { (0, Control), (1, treatment) })
        {
            // Other units on each day, as far as there are others.
            var events = from day in Enumerable.Range(0, 3)
                         from i in Enumerable.Range(0, days[day])
                         select $$"""{"user_id":"{{arm}}-{{((day * 330) + i) % Units}}","metric":"purchase","occurred_at":"{{At((24 * day) + 5)}}"}""";
            await server.RecordAsync("experiments/aged/conversions", $$"""{"conversions":[{{string.Join(",", events)}}]}""");
        }

        return server;
    }

    private string At(double hours) => _exposedAt.AddHours(hours).ToString("O", CultureInfo.InvariantCulture);
}
