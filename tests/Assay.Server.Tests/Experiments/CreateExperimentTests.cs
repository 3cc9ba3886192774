using System.Text.Json;
using Assay.Server.Storage;
using Assay.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Experiments;

public sealed class CreateExperimentTests(HostServer server) : IClassFixture<HostServer>
{
    private const string List = "/api/v1/experiments";

    [Fact]
    public async Task A_design_becomes_a_priced_draft_with_every_default_filled_in()
    {
        var answer = await server.PostAsync(List, DesignText.Minimal("created"));
        Assert.Equal((201, "/api/v1/experiments/created"), (answer.Status, answer.Headers["Location"]));
        var body = answer.Body;
        Assert.Equal(
            ["key", "status", "version", "iteration", "epoch", "created_at", "started_at", "stopped_at", "closes_at", "design", "plan"],
            body.EnumerateObject().Select(field => field.Name));
        Assert.Equal(("created", "draft", 1), (body.GetProperty("key").GetString(), body.GetProperty("status").GetString(), body.GetProperty("version").GetInt32()));
        Assert.Equal(server.Clock.GetUtcNow(), body.GetProperty("created_at").GetDateTimeOffset());
        Assert.Equal(JsonValueKind.Null, body.GetProperty("started_at").ValueKind);
        Assert.Equal(146642, body.GetProperty("plan").GetProperty("planned_sample_size_per_variant").GetInt64());
        var design = body.GetProperty("design");
        Assert.Equal("created", design.GetProperty("name").GetString());
        Assert.Equal(1, design.GetProperty("setup").GetProperty("variations")[1].GetProperty("value").GetProperty("pages").GetInt32());
        Assert.Equal("always_valid", design.GetProperty("constraints").GetProperty("analysis").GetString());
        Assert.Equal(answer.ETag, (await server.GetAsync(answer.Headers["Location"])).ETag);
    }

    [Fact]
    public async Task An_answered_design_can_be_sent_again()
    {
        var first = await server.PostAsync(List, DesignText.Minimal("original"));
        var again = first.Body.GetProperty("design").GetRawText().Replace("original", "copy", StringComparison.Ordinal);
        var second = await server.PostAsync(List, again);
        Assert.Equal(201, second.Status);
        Assert.Equal(again, second.Body.GetProperty("design").GetRawText());
    }

    [Fact]
    public async Task A_taken_key_is_refused()
    {
        await server.PostAsync(List, DesignText.Minimal("taken"));
        Assert.Equal(["/key"], (await server.PostAsync(List, DesignText.Minimal("taken"))).IsProblem(409, "key_taken").Pointers);
    }

    [Fact]
    public async Task An_invalid_design_is_answered_with_every_error_and_leaves_nothing_behind()
    {
        var design = DesignText.Minimal("invalid").Replace("0.042", "-1", StringComparison.Ordinal).Replace("\"binary\"", "\"trinary\"", StringComparison.Ordinal)
            .Replace("\"metrics\": {", "\"surprise\": 1, \"metrics\": { \"alpha\": 0.7,", StringComparison.Ordinal);
        var answer = (await server.PostAsync(List, design)).IsProblem(422, "invalid_design");
        Assert.Superset(new HashSet<string>(["/metrics/metric_type", "/metrics/alpha", "/surprise"]), answer.Pointers.ToHashSet());
        (await server.GetAsync($"{List}/invalid")).IsProblem(404, "unknown_experiment");
    }

    [Fact]
    public async Task An_empty_body_is_an_empty_design()
    {
        var answer = (await server.PostAsync(List)).IsProblem(422, "invalid_design");
        Assert.Contains("/key", answer.Pointers);
    }

    [Fact]
    public async Task Of_many_who_want_one_key_one_gets_it()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.PostAsync(List, DesignText.Minimal("wanted"))));
        Assert.Single(answers, answer => answer.Status == 201);
        Assert.Equal(7, answers.Count(answer => answer.Code == "key_taken"));
        var audit = await server.Services.GetRequiredService<ICatalog>().AuditAsync("wanted", TestContext.Current.CancellationToken);
        Assert.Equal("created", Assert.Single(audit).Action);
    }
}
