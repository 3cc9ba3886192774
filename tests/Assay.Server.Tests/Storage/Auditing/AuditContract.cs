using Assay.Server.Storage;
using Assay.Server.Storage.Auditing;
using Dapper;

namespace Assay.Server.Tests.Storage.Auditing;

/// <summary>What the audit proves on every engine: that nobody has rewritten what happened, whoever has the database in hand.</summary>
public abstract class AuditContract : ServedContract
{
    /// <summary>What an administrator of the database does first to change what is append-only.</summary>
    private protected abstract string DropTriggers { get; }

    [Fact]
    public async Task Whatever_is_written_to_the_audit_follows_from_what_is_there()
    {
        await Server.CreateAsync("one");
        await Server.BeginAsync("one");
        await Server.RecordAsync("experiments/one/exposures", """{"exposures":[{"user_id":"a","variation_index":0},{"user_id":"b","variation_index":1}]}""");
        await Server.RecordAsync("exclusions", """{"exclusions":[{"user_id":"a","experiment":"one"},{"user_id":"b"}]}""");
        await Server.RecordAsync("identities", """{"identities":[{"anonymous_id":"c","user_id":"b"}]}""");
        await DeleteAsync("units/a");
        await Server.RecordAsync("retention", """{"before":"2001-01-01T00:00:00Z"}""");
        await Server.CreateAsync("draft");
        await DeleteAsync("experiments/draft");
        await Server.RecordAsync("experiments/one/decide", """{"decision":"keep_control","reason":"enough"}""");
        await Server.RecordAsync("experiments/one/stop", "");

        var actions = await ActionsAsync();
        Assert.Superset(new HashSet<string> { "created", "started", "excluded", "linked", "erased", "deleted", "decided", "stopped" }, actions.ToHashSet(StringComparer.Ordinal));
        var proof = await ProveAsync();
        Assert.Empty(proof.Faults);
        Assert.Equal((actions.Count, 0), (proof.Entries, proof.Unchained));
    }

    [Fact]
    public async Task Entries_written_at_once_follow_one_another()
    {
        await Task.WhenAll(Enumerable.Range(0, 24).Select(async i =>
        {
            await Server.CreateAsync($"at-once-{i}");
            if (i % 2 == 0) await Server.RecordAsync("exclusions", $$"""{"exclusions":[{"user_id":"u{{i}}"}]}""");
        }));
        var proof = await ProveAsync();
        Assert.Empty(proof.Faults);
        Assert.Equal(36, proof.Entries);
    }

    [Theory]
    [InlineData("update audit set actor = 'nobody' where number = 2", 2, "hash does not follow")]
    [InlineData("update audit set at = at + 1 where number = 1", 1, "hash does not follow")]
    [InlineData("update audit set hash = null where number = 3", 3, "has no hash")]
    [InlineData("update audit set detail = 'nothing' where number = 2", 2, "hash does not follow")]
    [InlineData("update audit set detail = '[]' where number = 2", 2, "hash does not follow")]
    [InlineData("delete from audit where number = 2", 3, "hash does not follow")]
    [InlineData("update experiments set design = replace(design, '0.1', '0.2') where key = 'b'", 2, "design or plan of experiment 'b'")]
    [InlineData("update experiments set status = 'archived' where key = 'b'", 2, "'b' is stored as archived")]
    [InlineData("update experiments set started_at = started_at - 3600000000 where key = 'c'", 4, "'c' is stored with another started_at")]
    [InlineData("update experiments set iteration = 2 where key = 'c'", 4, "'c' is stored with another iteration")]
    [InlineData("update experiments set epoch = 2 where key = 'c'", 4, "'c' is stored with another epoch")]
    [InlineData("update experiments set closes_at = started_at where key = 'c'", 4, "'c' is stored with another closes_at")]
    [InlineData("update experiments set stopped_at = started_at where key = 'c'", 4, "'c' is stored with another stopped_at")]
    [InlineData("update experiments set iteration_started_at = started_at + 1 where key = 'c'", 4, "'c' is stored with another iteration_started_at")]
    [InlineData("delete from experiments where key = 'a'", 1, "'a' is gone")]
    [InlineData("insert into experiments (key, version, status, iteration, epoch, created_at, search, design, plan) select 'z', version, status, iteration, epoch, created_at, search, design, plan from experiments where key = 'a'", null, "never tells of it")]
    [InlineData("update decisions set reason = 'I never said that'", 5, "decision on experiment 'c' is no longer stored")]
    [InlineData("delete from decisions", 5, "decision on experiment 'c' is no longer stored")]
    [InlineData("insert into decisions select experiment, 2, iteration, design_version, at, actor, decision, variation, reason, follows, as_of, watermark, verdict, moments from decisions", null, "Decision 2 on experiment 'c' is stored as no entry tells it")]
    public async Task Whoever_has_the_database_in_hand_is_found_out(string sql, int? entry, string told)
    {
        foreach (var key in (string[])["a", "b", "c"]) await Server.CreateAsync(key);
        await Server.BeginAsync("c");
        await Server.RecordAsync("experiments/c/decide", """{"decision":"keep_running","reason":"because"}""");
        Assert.Empty((await ProveAsync()).Faults);
        await ExecuteAsync(DropTriggers);
        Assert.True(await ExecuteAsync(sql) > 0);
        var fault = (await ProveAsync()).Faults[0];
        Assert.Equal(entry, (int?)fault.Number);
        Assert.Contains(told, fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_end_is_found_by_a_head_that_was_noted()
    {
        foreach (var key in (string[])["a", "b"]) await Server.CreateAsync(key);
        var noted = (await ProveAsync()).Head;
        await Server.CreateAsync("c");
        Assert.Empty((await ProveAsync(noted)).Faults);
        await ExecuteAsync(DropTriggers);
        await ExecuteAsync("delete from audit where number >= 2; delete from experiments where key <> 'a'");
        Assert.Empty((await ProveAsync()).Faults);
        Assert.Contains(noted, Assert.Single((await ProveAsync(noted)).Faults).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_from_before_the_chain_are_covered_by_its_first_hash()
    {
        await ExecuteAsync("insert into audit (at, actor, action, experiment, detail) values (1, 'open', 'excluded', null, '{}'), (2, 'open', 'excluded', null, '{}')");
        await Server.RecordAsync("exclusions", """{"exclusions":[{"user_id":"a"}]}""");
        await Server.CreateAsync("a");
        var proof = await ProveAsync();
        Assert.Empty(proof.Faults);
        Assert.Equal((4, 2), (proof.Entries, proof.Unchained));
        await ExecuteAsync(DropTriggers);
        await ExecuteAsync("update audit set actor = 'nobody' where number = 1");
        Assert.Equal(3, Assert.Single((await ProveAsync()).Faults).Number);
    }

    private async Task DeleteAsync(string path)
    {
        using var answer = await Server.Client.DeleteAsync($"/api/v1/{path}", Cancellation);
        Assert.True(answer.IsSuccessStatusCode, path);
    }

    private async Task<AuditProof> ProveAsync(string? expected = null)
    {
        await using var engine = StorageEngines.Open(Storage);
        await using var connection = await engine.Source.OpenConnectionAsync(Cancellation);
        return await AuditProof.DrawAsync(connection, expected, Cancellation);
    }

    private async Task<List<string>> ActionsAsync()
    {
        await using var engine = StorageEngines.Open(Storage);
        await using var connection = await engine.Source.OpenConnectionAsync(Cancellation);
        return [.. await connection.QueryAsync<string>("select action from audit")];
    }
}
