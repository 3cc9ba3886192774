using System.Data.Common;
using Assay.Server.Access;
using Assay.Server.Storage;
using Assay.Server.Storage.Commits;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Storage;

/// <summary>What the catalog promises on every engine.</summary>
public abstract class CatalogContract : ServedContract
{
    private protected ICatalog Catalog => Server.Services.GetRequiredService<ICatalog>();

    [Theory]
    [InlineData("update audit set actor = 'somebody else'")]
    [InlineData("delete from audit")]
    [InlineData("update decisions set actor = 'somebody else'")]
    [InlineData("delete from decisions")]
    [InlineData("update records set content = '{}'")]
    [InlineData("delete from records")]
    public async Task The_audit_decisions_and_records_take_nothing_back(string sql)
    {
        await Server.CreateAsync("noted");
        await ExecuteAsync("insert into records (experiment, iteration, kind, name, at, as_of, watermark, content) values ('gone', 1, 'verdict', '1', 1, 1, 1, '{}')");
        await Server.BeginAsync("noted");
        await Server.RecordAsync("experiments/noted/decide", """{"decision":"keep_running"}""");
        await AssertRefusedAsync(sql);
    }

    [Fact]
    public async Task A_change_that_comes_too_late_leaves_no_trace()
    {
        await Server.CreateAsync("late");
        var stored = (await Catalog.FindAsync("late", Cancellation))!;
        var audit = new AuditEntry(stored.CreatedAt, "test", "started", "late", "{}");
        Assert.False(await Catalog.ReplaceAsync(stored with { Version = 9, Status = ExperimentStatus.Running }, expectedVersion: 7, audit, ending: null, Cancellation));
        Assert.False(await Catalog.RemoveAsync("late", expectedVersion: 7, audit, Cancellation));
        Assert.False(await Catalog.AddAsync(stored, audit, Cancellation));
        Assert.Equal(ExperimentStatus.Draft, (await Catalog.FindAsync("late", Cancellation))!.Status);
        Assert.Equal("created", Assert.Single(await Catalog.AuditAsync("late", Cancellation)).Action);
    }

    [Fact]
    public async Task Experiments_are_listed_by_key_searched_and_continued()
    {
        foreach (var key in (string[])["b-two", "a", "b-one", "c"]) await Server.CreateAsync(key);
        Assert.Equal(["a", "b-one", "b-two", "c"], await KeysAsync(new ExperimentQuery(null, null, 9, null)));
        Assert.Equal(["b-one", "b-two"], await KeysAsync(new ExperimentQuery(ExperimentStatus.Draft, "B-", 9, null)));
        Assert.Equal(["b-two"], await KeysAsync(new ExperimentQuery(null, null, 1, "b-one")));
        Assert.Empty(await KeysAsync(new ExperimentQuery(ExperimentStatus.Running, null, 9, null)));
        Assert.Empty(await KeysAsync(new ExperimentQuery(null, "%", 9, null)));
    }

    /// <summary>An upgrade measures nothing again: the view follows from the plan that was frozen, and what was started before ages were kept has none.</summary>
    [Fact]
    public async Task A_plan_that_was_stored_before_there_were_ages_keeps_none_unless_it_was_a_draft_and_its_view_stays_as_it_was()
    {
        const string Ages = ""","ages":[{"metric":"purchase","days":1,"ages":7}]""";
        var (status, _) = await Server.PostAsync("experiments", """
            {
              "key": "old",
              "setup": { "variations": [ { "key": "a" }, { "key": "b" } ] },
              "metrics": { "primary_metric_name": "purchase", "metric_type": "binary", "baseline_value": 0.1, "mde_pct": 20, "attribution_window_hours": 168 }
            }
            """);
        Assert.Equal(System.Net.HttpStatusCode.Created, status);
        Assert.Equal(1, await ExecuteAsync($"update experiments set plan = replace(plan, '{Ages}', '') where key = 'old' and plan like '%{Ages}%'"));
        await Server.BeginAsync("old");
        var young = (await Catalog.FindAsync("old", Cancellation))!;
        Assert.Equal("AgePlan { Metric = purchase, Days = 1, Ages = 7 }", Assert.Single(young.Plan.Ages).ToString());
        Assert.Contains("\"age\":\"1.00:00:00\"", ViewJson.Write(young.ToView()!), StringComparison.Ordinal);

        Assert.Equal(1, await ExecuteAsync($"update experiments set plan = replace(plan, '{Ages}', '') where key = 'old' and plan like '%{Ages}%'"));
        var old = (await Catalog.FindAsync("old", Cancellation))!;
        Assert.Equal(young.Plan.PlannedSampleSizes.AsEnumerable(), old.Plan.PlannedSampleSizes);
        Assert.Empty(old.Plan.Ages);
        Assert.DoesNotContain("age", ViewJson.Write(old.ToView()!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_found_by_its_hash()
    {
        Assert.False(await Catalog.AnyKeyAsync(Cancellation));
        var (secret, key) = KeySecrets.Create(AccessScope.Ingest, DateTimeOffset.UnixEpoch);
        await Catalog.AddKeyAsync(key, new AuditEntry(DateTimeOffset.UnixEpoch, "test", "key_created", null, "{}"), Cancellation);
        Assert.Equal(key, await Catalog.FindKeyAsync(KeySecrets.Hash(secret), Cancellation));
        Assert.True(await Catalog.AnyKeyAsync(Cancellation));
    }

    private protected async Task AssertRefusedAsync(string sql)
    {
        var refused = await Assert.ThrowsAnyAsync<DbException>(() => ExecuteAsync(sql));
        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
    }

    private async Task<IEnumerable<string>> KeysAsync(ExperimentQuery query) => (await Catalog.ListAsync(query, Cancellation)).Select(experiment => experiment.Key);
}
