using System.Text.Json;
using Assay.Server.Cli;
using Assay.Server.Cli.Export;
using Assay.Server.Storage;
using Assay.Server.Tests.Events;
using Assay.Statistics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Server.Tests.Cli.Export;

/// <summary>What an export owes on every engine: whoever has it can compute every number that the server shows.</summary>
public abstract class ExportContract
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly FakeTimeProvider _time = new(Samples.Arrival);

    private protected abstract Task<string> StorageAsync();

    private protected TimeProvider Time => _time;

    [Fact]
    public async Task Exported_values_have_the_moments_that_the_server_has()
    {
        var storage = await StorageAsync();
        await using var server = await StartAsync(storage);
        var units = await ReadAsync(storage);
        var moments = (await server.GetAsync("experiments/checkout/moments")).GetProperty("moments");
        Assert.Equal(3 * 2 * 2, moments.GetArrayLength());
        foreach (var expected in moments.EnumerateArray())
        {
            var metric = expected.GetProperty("metric").GetString()!;
            var values = Values(units, metric, expected.GetProperty("variation_index").GetInt32(), expected.GetProperty("population").GetString() == "completed");
            Assert.Equal(expected.GetProperty("count").GetInt64(), values.Count);
            Assert.Equal(expected.GetProperty("converted").GetInt64(), values.Count(value => value.Events > 0));
            Assert.Equal(expected.GetProperty("events").GetInt64(), values.Sum(value => value.Events));
            var derived = Moments.Of([.. values.Select(value => value.Value)]);
            Close(expected.GetProperty("mean").GetDouble(), derived.Mean);
            Close(expected.GetProperty("squared_deviations").GetDouble(), derived.SquaredDeviations);
            var spend = Moments.Of([.. values.Select(value => value.Covariate ?? 0)]);
            Close(expected.GetProperty("cross_deviations")[1][1].GetDouble(), spend.SquaredDeviations);
            Close(expected.GetProperty("cross_deviations")[2][2].GetDouble(), Moments.Of([.. values.Select(value => value.Covariate is null ? 1.0 : 0)]).SquaredDeviations);
            var cross = values.Sum(value => (value.Value - derived.Mean) * ((value.Covariate ?? 0) - spend.Mean));
            Assert.Equal(expected.GetProperty("cross_deviations")[0][1].GetDouble(), cross, 1e-10 * Math.Sqrt(derived.SquaredDeviations * spend.SquaredDeviations));
        }
    }

    [Fact]
    public async Task Exported_values_have_the_tests_that_the_server_shows()
    {
        var storage = await StorageAsync();
        await using var server = await StartAsync(storage);
        var units = await ReadAsync(storage);
        var readout = await server.GetAsync("experiments/checkout/live-stats");

        var (control, treatment) = (Values(units, "purchase", 0, completed: false), Values(units, "purchase", 1, completed: false));
        var pooled = FixedHorizon.TwoProportions(control.Count(Converts), control.Count, treatment.Count(Converts), treatment.Count, 0.05);
        Same(pooled, readout.GetProperty("comparisons")[0].GetProperty("analysis"));

        var revenue = readout.GetProperty("secondary")[0].GetProperty("comparisons")[0].GetProperty("analysis");
        Same(FixedHorizon.Welch(MomentsOf(units, "revenue", 0), MomentsOf(units, "revenue", 1), 0.05), revenue);

        var population = readout.GetProperty("population");
        var arms = units.Where(unit => unit.GetProperty("variation_index").GetInt32() >= 0).ToList();
        Assert.Equal(readout.GetProperty("exposures_total").GetInt64(), arms.Count);
        Assert.Equal(population.GetProperty("holdout_users").GetInt64(), units.Count - arms.Count);
        Assert.Equal(1, units.Count - arms.Count);
        Assert.Equal(population.GetProperty("completed").GetInt64(), Values(units, "purchase", 0, completed: true).Count + Values(units, "purchase", 1, completed: true).Count);
        Assert.NotEqual(arms.Count, population.GetProperty("completed").GetInt64());
        for (var arm = 0; arm < 2; arm++)
        {
            var ofArm = arms.Where(unit => unit.GetProperty("variation_index").GetInt32() == arm).ToList();
            Assert.Equal(population.GetProperty("crossovers")[arm].GetInt64(), ofArm.Count(unit => unit.GetProperty("crossover").GetBoolean()));
            Assert.Equal(population.GetProperty("late_arrivals")[arm].GetInt64(), ofArm.Sum(unit => unit.GetProperty("metrics").GetProperty("purchase").GetProperty("late").GetInt64()));
        }

        var timing = readout.GetProperty("event_timing");
        Assert.Equal(timing.GetProperty("before_exposure").GetInt64(), arms.Sum(unit => unit.GetProperty("events_before").GetInt64()));
        Assert.Equal(timing.GetProperty("in_window").GetInt64(), arms.Sum(unit => unit.GetProperty("events_in_window").GetInt64()));
        Assert.Equal(timing.GetProperty("after_window").GetInt64(), arms.Sum(unit => unit.GetProperty("events_after").GetInt64()));
    }

    [Fact]
    public async Task Both_formats_say_the_same_every_time_and_the_facts_say_of_what()
    {
        var storage = await StorageAsync();
        await using var server = await StartAsync(storage);
        var folder = Directory.CreateTempSubdirectory("assay-export-");
        try
        {
            var file = Path.Combine(folder.FullName, "units.csv");
            await ExportAsync("checkout", "--storage", storage, "--out", file);
            var csv = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            Assert.Equal(csv, await ExportAsync("checkout", "--storage", storage, "--format", "csv"));
            var units = await ReadAsync(storage);
            Assert.Equal(CsvLines.Of(units), csv);

            var facts = JsonElement.Parse(await File.ReadAllTextAsync(UnitFile.FactsOf(file), TestContext.Current.CancellationToken));
            Assert.Equal(units.Count, facts.GetProperty("units").GetInt64());
            Assert.Equal(server.Services.GetRequiredService<IEventStore>().Watermark, facts.GetProperty("watermark").GetInt64());
            Assert.Equal((await server.GetAsync("experiments/checkout")).GetProperty("design").GetRawText(), JsonSerializer.Serialize(facts.GetProperty("design")));
            Assert.Equal(["units.csv", "units.csv.json"], folder.EnumerateFiles().Select(found => found.Name).Order(StringComparer.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_reading_sees_one_commit_whatever_is_committed_meanwhile()
    {
        var storage = await StorageAsync();
        await using var server = await StartAsync(storage);
        var store = server.Services.GetRequiredService<IEventStore>();
        await using var engine = StorageEngines.Open(storage);
        var units = StorageEngines.UnitsOf(engine);
        var before = new UnitTally(() => Commit("late-1"));
        Assert.True(await units.ReadAsync("checkout", before.Begin, TestContext.Current.CancellationToken));
        var after = new UnitTally(() => Commit("late-2"));
        Assert.True(await units.ReadAsync("checkout", after.Begin, TestContext.Current.CancellationToken));
        Assert.Equal((before.Units + 1, before.Watermark + 1), (after.Units, after.Watermark));
        Assert.True(store.Watermark >= after.Watermark + 1);
        Assert.False(await units.ReadAsync("unknown", before.Begin, TestContext.Current.CancellationToken));

        void Commit(string user)
        {
            var exposure = new ExposureItem(0, user, 0, Microseconds.Of(Samples.Arrival), null, null, null, null);
            store.CommitAsync([new Batch("checkout", Microseconds.Of(Samples.Arrival)) { Exposures = [exposure] }], Samples.Arrival, CancellationToken.None).GetAwaiter().GetResult();
        }
    }

    [Fact]
    public async Task An_export_that_is_interrupted_leaves_the_last_one_as_it_was()
    {
        var storage = await StorageAsync();
        await using var server = await StartAsync(storage);
        var folder = Directory.CreateTempSubdirectory("assay-export-");
        try
        {
            var file = Path.Combine(folder.FullName, "units.csv");
            await File.WriteAllTextAsync(file, "the last one", TestContext.Current.CancellationToken);

            // Its clock is asked for once the file beside is open.
            using var interrupt = new CancellationTokenSource();
            var (exit, output, errors) = await Terminal.RunAsync(
                ExportCommand.Create(new InterruptingTime(interrupt)), interrupt.Token, "checkout", "--storage", storage, "--out", file);
            Assert.Equal((130, "", "assay: interrupted before the end; no file was changed.\n"), (exit, output, errors));
            Assert.Equal("the last one", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
            Assert.Equal(["units.csv"], folder.EnumerateFiles().Select(found => found.Name));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Who_is_excluded_is_not_exported()
    {
        var storage = await StorageAsync();
        await using var server = await StartAsync(storage);
        Assert.Contains("u1003", (await ReadAsync(storage)).Select(unit => unit.GetProperty("user_id").GetString()));
        await server.RecordAsync("exclusions", """{"exclusions":[{"user_id":"u1003"},{"user_id":"held, \"out\"","experiment":"checkout"}]}""");
        var units = await ReadAsync(storage);
        Assert.DoesNotContain(units, unit => unit.GetProperty("user_id").GetString() is "u1003" or "held, \"out\"");
        Assert.Equal((await server.GetAsync("experiments/checkout/live-stats")).GetProperty("exposures_total").GetInt32(), units.Count);
    }

    [Fact]
    public async Task A_person_of_several_ids_is_one_line_by_its_own_id()
    {
        var storage = await StorageAsync();
        await using var server = await StartAsync(storage);
        var before = await ReadAsync(storage);

        // Rows of u0 to u199, by ones, twos and threes; the holder of the last has none of its own.
        var pairs = Enumerable.Range(0, 200).Where(i => i % 5 is 1 or 2).Select(i => (From: $"u{i}", Into: $"u{i - 1}")).Append((From: "u204", Into: "signed in"));
        await server.RecordAsync("identities", $$"""{"identities":[{{string.Join(',', pairs.Select(pair => $$"""{"anonymous_id":"{{pair.From}}","user_id":"{{pair.Into}}"}"""))}}]}""");
        await server.RecordAsync("exclusions", """{"exclusions":[{"user_id":"u2"}]}""");
        var units = await ReadAsync(storage);
        Assert.Equal(before.Count - 80 - 1, units.Count);
        var ids = units.Select(unit => unit.GetProperty("user_id").GetString()!).ToList();
        Assert.Empty(ids.Intersect(pairs.Select(pair => pair.From)).Concat(ids.Intersect(["u0"])));
        Assert.Superset(new HashSet<string>(["u5", "u3", "signed in"]), ids.ToHashSet(StringComparer.Ordinal));

        var moments = (await server.GetAsync("experiments/checkout/moments")).GetProperty("moments");
        foreach (var expected in moments.EnumerateArray())
        {
            var metric = expected.GetProperty("metric").GetString()!;
            var values = Values(units, metric, expected.GetProperty("variation_index").GetInt32(), expected.GetProperty("population").GetString() == "completed");
            Assert.Equal((expected.GetProperty("count").GetInt64(), expected.GetProperty("events").GetInt64()), (values.Count, values.Sum(value => value.Events)));
            Close(expected.GetProperty("mean").GetDouble(), Moments.Of([.. values.Select(value => value.Value)]).Mean);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stored_rows_are_told_as_they_were_sent_with_their_ids_where_these_are_kept(bool keeps)
    {
        const string Uuid = "0f8fad5b-d9cb-469f-a165-70867728950e";
        string[] others = ["order 17, \"A\"", Uuid.ToUpperInvariant(), "0f8fad5b-d9cb-869f-a165-70867728950e"];
        var storage = await StorageAsync();
        await using var server = await StartAsync(storage, keeps);
        var before = Microseconds.Of(Samples.Arrival.AddHours(-2));
        var then = ExportedUnit.Text(before);
        await server.RecordAsync("experiments/checkout/exposures", $$$"""{"exposures":[{"id":"x, 1","user_id":"raw","variation_index":1,"occurred_at":"{{{then}}}","attributes":{"b":2,"a":"1"},"source":"app"}]}""");
        foreach (var id in others.Append(Uuid)) await server.RecordAsync("events", Event(id));
        await server.RecordAsync("experiments/checkout/conversions", $$"""{"conversions":[{"user_id":"raw","metric":"refund","value":3,"occurred_at":"{{then}}"}]}""");

        var now = ExportedUnit.Text(Microseconds.Of(Samples.Arrival));
        Assert.Equal(
            [
                .. others.Append(Uuid).Select(id => $$$"""{"id":{{{(keeps || id == Uuid ? JsonSerializer.Serialize(id, Plain) : "null")}}},"user_id":"raw","name":"purchase","value":0.1,"occurred_at":"{{{now}}}","client_occurred_at":null,"arrived_at":"{{{now}}}","properties":{"at":"till"}}"""),
                $$"""{"id":null,"user_id":"raw","name":"refund","value":3,"occurred_at":"{{then}}","client_occurred_at":"{{then}}","arrived_at":"{{now}}","properties":null}""",
            ],
            (await RowsAsync(storage, "events")).Where(IsRaw));
        Assert.Equal(
            $$$"""{"id":"x, 1","user_id":"raw","variation_index":1,"variation":"one-page","occurred_at":"{{{then}}}","client_occurred_at":"{{{then}}}","arrived_at":"{{{now}}}","attributes":{"a":"1","b":2},"source":"app"}""",
            Assert.Single(await RowsAsync(storage, "exposures"), IsRaw));
        var csv = await ExportAsync("checkout", "--storage", storage, "--rows", "exposures");
        Assert.StartsWith("id,user_id,variation_index,variation,occurred_at,client_occurred_at,arrived_at,attributes,source\n", csv, StringComparison.Ordinal);
        Assert.Contains($"\n\"x, 1\",raw,1,one-page,{then},{then},{now},\"{{\"\"a\"\":\"\"1\"\",\"\"b\"\":2}}\",app\n", csv, StringComparison.Ordinal);

        // As many as were taken in, and the same from a backup.
        var ingestion = await server.GetAsync("experiments/checkout/ingestion");
        Assert.Equal(ingestion.GetProperty("event_rows_total").GetInt32(), (await RowsAsync(storage, "events")).Length);
        Assert.Equal(ingestion.GetProperty("exposure_rows_total").GetInt32(), (await RowsAsync(storage, "exposures")).Length);
        var folder = Directory.CreateTempSubdirectory("assay-export-");
        try
        {
            var backup = Path.Combine(folder.FullName, "backup");
            await Tests.Storage.Moving.Installation.BackUpAsync(storage, backup);
            foreach (var rows in (string[])["events", "exposures"]) Assert.Equal(await RowsAsync(storage, rows), await RowsAsync($"Data Source={backup}", rows));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        // To the store an id is the same whether it is kept or not; an erasure takes it.
        Assert.Equal(1, (await server.RecordAsync("events", Event(others[0]))).GetProperty("deduplicated").GetInt32());
        using var erased = await server.Client.DeleteAsync("/api/v1/units/raw");
        Assert.DoesNotContain(await RowsAsync(storage, "events"), row => IsRaw(row) || row.Contains("order 17", StringComparison.Ordinal));

        static string Event(string id) => $$$"""{"events":[{"id":{{{JsonSerializer.Serialize(id)}}},"user_id":"raw","name":"purchase","value":0.1,"properties":{"at":"till"}}]}""";

        static bool IsRaw(string row) => row.Contains("\"raw\"", StringComparison.Ordinal);
    }

    private async Task<string[]> RowsAsync(string storage, string rows) =>
        (await ExportAsync("checkout", "--storage", storage, "--rows", rows, "--format", "ndjson")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private protected async Task<RunningServer> StartAsync(string storage, bool keepEventIds = false)
    {
        var server = await RunningServer.StartAsync(services => services.AddSingleton<TimeProvider>(_time), storage, keepEventIds);
        await server.CreateAsync("checkout");
        await server.BeginAsync("checkout", Samples.Start);
        foreach (var part in History.Of(units: 300).Chunk(97)) await History.SendAsync(server, part);
        await server.RecordAsync("experiments/checkout/exposures", History.Exposures(1_000, 40, Samples.Arrival.AddMinutes(-10)));
        await server.RecordAsync("events", """{"events":[{"id":"young","user_id":"u1003","name":"purchase","value":7.25}]}""");
        await server.RecordAsync("experiments/checkout/exposures", """{"exposures":[{"user_id":"held, \"out\"","variation_index":-1}]}""");
        return server;
    }

    private protected async Task<string> ExportAsync(params string[] arguments)
    {
        var (exit, output, errors) = await Terminal.RunAsync(ExportCommand.Create(_time), arguments);
        Assert.True(exit == 0, errors);
        return output;
    }

    private async Task<List<JsonElement>> ReadAsync(string storage) =>
        [.. (await ExportAsync("checkout", "--storage", storage, "--format", "ndjson")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    private static List<(double Value, long Events, double? Covariate)> Values(List<JsonElement> units, string metric, int arm, bool completed)
    {
        var values =
            from unit in units
            where unit.GetProperty("variation_index").GetInt32() == arm
            let value = unit.GetProperty("metrics").GetProperty(metric)
            where !completed || value.GetProperty("completed").GetBoolean()
            let covariate = unit.GetProperty("covariates").GetProperty("spend_before")
            select (value.GetProperty("value").GetDouble(), value.GetProperty("events").GetInt64(), covariate.ValueKind == JsonValueKind.Null ? (double?)null : covariate.GetDouble());
        return [.. values];
    }

    private static Moments MomentsOf(List<JsonElement> units, string metric, int arm) => Moments.Of([.. Values(units, metric, arm, completed: false).Select(value => value.Value)]);

    private static bool Converts((double Value, long Events, double? Covariate) unit) => unit.Value == 1;

    private static void Same(Outcome<Inference> derived, JsonElement shown)
    {
        var inference = derived.Value;
        Close(shown.GetProperty("test_statistic").GetDouble(), inference.Statistic);
        Close(shown.GetProperty("p_value").GetDouble(), inference.PValue);
        Close(shown.GetProperty("effect").GetDouble(), inference.Effect.Value);
        Close(shown.GetProperty("ci_lower").GetDouble(), inference.Interval.Lower);
        Close(shown.GetProperty("ci_upper").GetDouble(), inference.Interval.Upper);
    }

    private sealed class InterruptingTime(CancellationTokenSource interrupt) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            interrupt.Cancel();
            return Samples.Arrival;
        }
    }

    private static void Close(double expected, double derived) => Assert.Equal(expected, derived, 1e-12 * Math.Max(1, Math.Abs(expected)));
}
