using System.Globalization;
using System.Net;
using System.Text;
using Assay.Server.Tests.Hosting;
using Assay.Server.Tests.Storage.Postgres;

namespace Assay.Server.Tests.Crash;

/// <summary>The disk fills up under a load: what cannot be stored is refused, what is stored can be read, and when there is room again all of it is there once.</summary>
[Trait("Ring", "crash")]
public sealed class FullDiskTests
{
    [Fact]
    public async Task A_file_on_a_full_disk_loses_nothing_and_counts_nothing_twice()
    {
        using var disk = SmallDisk.TryMount(32);
        Assert.SkipWhen(disk is null, "No tmpfs may be mounted here.");
        await using var server = await ServerProcess.StartAsync($"Data Source={Path.Combine(disk.Folder, "assay.db")}");
        await FullDisks.SurviveAsync(server.Api, disk, () => Task.CompletedTask, isDatabaseThere: true);
    }

    [Fact]
    [Trait("Ring", "postgres")]
    public async Task A_database_on_a_full_disk_loses_nothing_and_counts_nothing_twice()
    {
        using var disk = SmallDisk.TryMount(128);
        Assert.SkipWhen(disk is null, "No tmpfs may be mounted here.");
        await using var cluster = new SmallCluster(Path.Combine(disk.Folder, "data"), disk);
        await SurviveAsync(cluster, disk, isDatabaseThere: true);
    }

    /// <summary>PostgreSQL ends itself when its log cannot grow.</summary>
    [Fact]
    [Trait("Ring", "postgres")]
    public async Task A_database_whose_log_is_on_a_full_disk_loses_nothing_and_counts_nothing_twice()
    {
        using var disk = SmallDisk.TryMount(32);
        Assert.SkipWhen(disk is null, "No tmpfs may be mounted here.");
        await using var cluster = new SmallCluster(Path.Combine(Path.GetTempPath(), $"assay-postgres-{Guid.NewGuid():n}"), disk);
        await SurviveAsync(cluster, disk, isDatabaseThere: false);
    }

    private static async Task SurviveAsync(SmallCluster cluster, SmallDisk disk, bool isDatabaseThere)
    {
        cluster.SkipUnlessHere();
        await cluster.InitializeAsync();
        await using var server = await ServerProcess.StartAsync(await cluster.CreateDatabaseAsync());
        await FullDisks.SurviveAsync(server.Api, disk, cluster.BringBackAsync, isDatabaseThere);
    }

    private sealed class SmallCluster(string folder, SmallDisk disk) : PostgresCluster(folder, log: Path.Combine(disk.Folder, "log"));
}

/// <summary>The same on every engine.</summary>
internal static class FullDisks
{
    /// <param name="api">The server.</param>
    /// <param name="disk">Where its database is.</param>
    /// <param name="bringBack">Starts the database again where it has ended; whoever made room would.</param>
    /// <param name="isDatabaseThere">Whether the full database still answers who reads.</param>
    public static async Task SurviveAsync(Api api, SmallDisk disk, Func<Task> bringBack, bool isDatabaseThere)
    {
        await api.CreateAsync("checkout");
        await api.BeginAsync("checkout");
        var load = new Load(api);
        var clients = load.Start();
        for (var time = 1; time <= 2; time++)
        {
            var mark = time * Load.Batches / 3;
            await Wait.UntilAsync(() => load.Acknowledged.Count >= mark && load.InFlight > 0);
            disk.Fill();
            await RefusesAsync(api, load, $"late-{time}", isDatabaseThere);
            disk.Free();
            await bringBack();
        }

        await Task.WhenAll(clients);
        await load.IsWholeAsync(api);
        var readout = await api.GetAsync("experiments/checkout/live-stats");
        Assert.Equal((Load.Units, Load.Units), (readout.GetProperty("exposures_total").GetInt32(), readout.GetProperty("conversions_total").GetInt32()));
    }

    private static async Task RefusesAsync(Api api, Load load, string key, bool isDatabaseThere)
    {
        // What is set aside is soon used up: then every batch is refused, and told when to come again.
        var refused = load.Unavailable;
        for (var i = 0; await WriteAsync(api, "events", Unused($"{key}.{i}")) != HttpStatusCode.ServiceUnavailable; i++) Assert.True(i < 100, "The disk is not full.");
        await Wait.UntilAsync(() => load.Unavailable >= refused + 50);

        // A row of the catalog may still fit where a batch does not: it is stored or refused.
        await WriteAsync(api, "experiments", $$"""{"key":"{{key}}","setup":{"variations":[{"key":"a"},{"key":"b"}]},"metrics":{"primary_metric_name":"purchase","metric_type":"binary","baseline_value":0.1,"mde_pct":20} }""");
        foreach (var action in (string[])["pause", "resume"]) await WriteAsync(api, $"experiments/checkout/{action}", "");

        // Whoever reads is answered.
        var before = load.Acknowledged.Count;
        using var answer = await api.Client.GetAsync("/api/v1/experiments/checkout/live-stats");
        var read = await Answer.OfAsync(answer);
        if (isDatabaseThere || answer.IsSuccessStatusCode)
        {
            Assert.True(answer.IsSuccessStatusCode, read.Text);
            Assert.InRange(read.Body.GetProperty("exposures_total").GetInt32(), 1, Load.Units);
        }
        else
        {
            IsRefused(read);
        }

        Assert.InRange(load.Acknowledged.Count, before, before + 4); // Those that were stored and not yet counted by their clients.
    }

    /// <summary>Many events that no experiment counts.</summary>
    private static string Unused(string ids) =>
        $$"""{"events":[{{string.Join(',', Enumerable.Range(0, 5000).Select(i => $$"""{"id":"{{ids}}.{{i}}","user_id":"nobody{{i}}","name":"unused"}"""))}}]}""";

    private static async Task<HttpStatusCode> WriteAsync(Api api, string route, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await api.Client.PostAsync($"/api/v1/{route}", body);
        var answer = await Answer.OfAsync(response);
        if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
        {
            Assert.True(response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.Conflict, $"{route}: {answer.Status} {answer.Text}");
            return response.StatusCode;
        }

        IsRefused(answer);
        return response.StatusCode;
    }

    private static void IsRefused(Answer answer)
    {
        answer.IsProblem((int)HttpStatusCode.ServiceUnavailable, answer.Code!);
        Assert.True(int.Parse(answer.Headers["Retry-After"], CultureInfo.InvariantCulture) > 0);
    }
}
