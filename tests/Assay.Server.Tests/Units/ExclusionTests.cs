using System.Text.Json;
using Assay.Server.Storage;
using Assay.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Units;

public sealed class ExclusionTests(HostServer server) : IClassFixture<HostServer>
{
    private const string Exclusions = "/api/v1/exclusions";

    [Fact]
    public async Task Who_is_excluded_leaves_every_number_of_the_readout_and_comes_back_when_it_is_lifted()
    {
        await server.StartExperimentAsync("whole");
        var variations = (int[])[0, 0, 1, 1];
        await server.PostAsync("/api/v1/experiments/whole/exposures", $$"""{"exposures":[{{string.Join(',', variations.Select((arm, i) => $$"""{"user_id":"w{{i}}","variation_index":{{arm}}}"""))}}]}""");
        await server.PostAsync("/api/v1/experiments/whole/conversions", """{"conversions":[{"user_id":"w0","metric":"purchase","idempotency_key":"1"},{"user_id":"w2","metric":"purchase","idempotency_key":"2"}]}""");
        var before = await ReadoutAsync("whole");
        var answer = await server.PostAsync(Exclusions, """{"exclusions":[{"user_id":"w0","experiment":"whole","reason":"a bot"},{"user_id":"w3"}]}""");
        Assert.Equal((200, 2, 2, 0), (answer.Status, Int(answer.Body, "received"), Int(answer.Body, "recorded"), Int(answer.Body, "deduplicated")));

        var during = await ReadoutAsync("whole");
        Assert.True(during.GetProperty("watermark").GetInt64() >= answer.Body.GetProperty("watermark").GetInt64());
        Assert.Equal((2, 1, 2), (Int(during, "exposures_total"), Int(during, "conversions_total"), Int(during.GetProperty("population"), "excluded_users")));
        Assert.Equal(1, Int(during.GetProperty("event_timing"), "in_window"));
        Assert.Equal(2, Int((await server.GetAsync("/api/v1/experiments/whole/ingestion")).Body, "event_rows_total"));
        Assert.True((await server.PostAsync("/api/v1/experiments/whole/verify")).Body.GetProperty("equal").GetBoolean());

        Assert.Equal(200, (await server.SendAsync(HttpMethod.Delete, $"{Exclusions}?user_id=w0&experiment=whole")).Status);
        var lifted = await server.SendAsync(HttpMethod.Delete, $"{Exclusions}?user_id=w3");
        Assert.Equal(("w3", JsonValueKind.Null), (lifted.Body.GetProperty("user_id").GetString(), lifted.Body.GetProperty("experiment").ValueKind));
        var after = await ReadoutAsync("whole");
        Assert.Equal(Numbers(before), Numbers(after));
    }

    [Fact]
    public async Task An_exclusion_again_changes_nothing_and_every_wrong_item_is_refused_by_itself()
    {
        await server.StartExperimentAsync("again");
        const string body =
            """
            {"exclusions":[{"user_id":"a","experiment":"again"},{"user_id":"a","experiment":"again","reason":"twice"},{"user_id":" "},{"experiment":"again"},{"user_id":"b","experiment":"nowhere"},
             {"user_id":"c","reason":7},{"user_id":"d","why":"x"},{"user_id":"e","reason":"LONG"}]}
            """;
        var answer = await server.PostAsync(Exclusions, body.Replace("LONG", new string('x', 201), StringComparison.Ordinal));
        Assert.Equal((200, 8, 1, 1), (answer.Status, Int(answer.Body, "received"), Int(answer.Body, "recorded"), Int(answer.Body, "deduplicated")));
        Assert.Equal(
            [(2, "missing_user_id"), (3, "missing_user_id"), (4, "unknown_experiment"), (5, "invalid_value"), (6, "unknown_field"), (7, "too_long")],
            answer.Body.GetProperty("rejected").EnumerateArray().Select(item => (Int(item, "index"), item.GetProperty("code").GetString())));
        var watermark = answer.Body.GetProperty("watermark").GetInt64();
        var repeated = await server.PostAsync(Exclusions, """{"exclusions":[{"user_id":"a","experiment":"again"}]}""");
        Assert.Equal((0, 1, watermark), (Int(repeated.Body, "recorded"), Int(repeated.Body, "deduplicated"), repeated.Body.GetProperty("watermark").GetInt64()));
        Assert.Equal(JsonValueKind.Null, Assert.Single(await ListAsync("experiment=again")).GetProperty("reason").ValueKind);
    }

    [Fact]
    public async Task The_list_tells_those_in_force_page_by_page()
    {
        await server.StartExperimentAsync("listed");
        await server.PostAsync(Exclusions, """{"exclusions":[{"user_id":"l1","experiment":"listed","reason":"Ünï ☂"},{"user_id":"l1"},{"user_id":"l/2 ?","experiment":"listed"},{"user_id":"l3","experiment":"listed"}]}""");
        await server.SendAsync(HttpMethod.Delete, $"{Exclusions}?user_id=l3&experiment=listed");
        Assert.Equal(["l1", "l/2 ?"], (await ListAsync("experiment=listed")).Select(item => item.GetProperty("user_id").GetString()));
        var own = await ListAsync("user_id=l1");
        Assert.Equal([null, "listed"], own.Select(item => item.GetProperty("experiment").GetString()));
        Assert.Equal("Ünï ☂", own[1].GetProperty("reason").GetString());
        Assert.Equal(server.Clock.GetUtcNow(), own[1].GetProperty("since").GetDateTimeOffset());

        var found = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await server.GetAsync($"{Exclusions}?experiment=listed&limit=1&cursor={cursor}")).Body;
            found.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("user_id").GetString()!));
            cursor = page.GetProperty("next_cursor").GetString();
        }

        Assert.Equal(["l1", "l/2 ?"], found);
        Assert.Equal(200, (await server.SendAsync(HttpMethod.Delete, $"{Exclusions}?user_id={Uri.EscapeDataString("l/2 ?")}&experiment=listed")).Status);
        Assert.Single(await ListAsync("experiment=listed"));
    }

    [Fact]
    public async Task The_audit_names_the_actor_and_the_units_number_and_neither_the_person_nor_the_reason()
    {
        await server.StartExperimentAsync("audited");
        await server.PostAsync(Exclusions, """{"exclusions":[{"user_id":"Ada Lovelace","experiment":"audited","reason":"our engineer"}]}""");
        await server.SendAsync(HttpMethod.Delete, $"{Exclusions}?user_id=Ada%20Lovelace&experiment=audited");
        var audit = (await server.Services.GetRequiredService<ICatalog>().AuditAsync("audited", TestContext.Current.CancellationToken)).TakeLast(2).ToList();
        Assert.Equal([("open", "excluded"), ("open", "exclusion_lifted")], audit.Select(entry => (entry.Actor, entry.Action)));
        Assert.All(audit, entry => Assert.DoesNotContain("Ada", entry.Detail, StringComparison.Ordinal));
        Assert.All(audit, entry => Assert.DoesNotContain("engineer", entry.Detail, StringComparison.Ordinal));
        Assert.All(audit, entry => Assert.Equal(1, JsonElement.Parse(entry.Detail).GetProperty("units").GetArrayLength()));
    }

    [Fact]
    public async Task What_is_refused_is_refused_in_words()
    {
        (await server.SendAsync(HttpMethod.Delete, $"{Exclusions}?user_id=nobody")).IsProblem(404, "not_excluded");
        (await server.SendAsync(HttpMethod.Delete, $"{Exclusions}?user_id=nobody&experiment=nowhere")).IsProblem(404, "not_excluded");
        (await server.SendAsync(HttpMethod.Delete, Exclusions)).IsProblem(400, "invalid_query");
        (await server.SendAsync(HttpMethod.Delete, $"{Exclusions}?user=x")).IsProblem(400, "invalid_query");
        (await server.GetAsync($"{Exclusions}?limit=0&cursor=!")).IsProblem(400, "invalid_query");
        (await server.GetAsync($"{Exclusions}?cursor=YQ")).IsProblem(400, "invalid_query");
        (await server.PostAsync(Exclusions, "{}")).IsProblem(400, "invalid_body");
        (await server.PostAsync(Exclusions, "nonsense")).IsProblem(400, "invalid_json");
        (await server.PostAsync(Exclusions, $$"""{"exclusions":[{{string.Join(',', Enumerable.Repeat("{}", 10_001))}}]}""")).IsProblem(413, "too_many_items");
        using var text = new StringContent("{}", new System.Net.Http.Headers.MediaTypeHeaderValue("text/plain"));
        using var response = await server.Http.PostAsync(Exclusions, text, TestContext.Current.CancellationToken);
        (await Answer.OfAsync(response)).IsProblem(415, "unsupported_media_type");
    }

    [Fact]
    public async Task What_storage_does_not_take_is_refused_and_changes_nothing()
    {
        await server.PostAsync(Exclusions, """{"exclusions":[{"user_id":"stays"}]}""");
        await using (await FullDisk.OfAsync(server.Storage))
        {
            Assert.Equal("1", (await server.PostAsync(Exclusions, """{"exclusions":[{"user_id":"late"}]}""")).IsProblem(503, "storage_failed").Headers["Retry-After"]);
            (await server.SendAsync(HttpMethod.Delete, $"{Exclusions}?user_id=stays")).IsProblem(503, "storage_failed");
            (await server.SendAsync(HttpMethod.Delete, "/api/v1/units/stays")).IsProblem(503, "storage_failed");
            Assert.Single(await ListAsync("user_id=stays"));
        }

        Assert.Empty(await ListAsync("user_id=late"));
        Assert.Equal(200, (await server.SendAsync(HttpMethod.Delete, $"{Exclusions}?user_id=stays")).Status);
        Assert.Equal(200, (await server.PostAsync(Exclusions, """{"exclusions":[{"user_id":"late"}]}""")).Status);
        Assert.Equal(200, (await server.SendAsync(HttpMethod.Delete, "/api/v1/units/stays")).Status);
    }

    private static int Int(JsonElement body, string name) => body.GetProperty(name).GetInt32();

    /// <summary>A readout without when and of which commit it is.</summary>
    private static string Numbers(JsonElement readout) => string.Join('\n', readout.EnumerateObject().Where(field => field.Name is not "watermark" and not "as_of").Select(field => $"{field.Name} {field.Value.GetRawText()}"));

    private async Task<JsonElement> ReadoutAsync(string key) => (await server.GetAsync($"/api/v1/experiments/{key}/live-stats")).Body;

    private async Task<List<JsonElement>> ListAsync(string query) => [.. (await server.GetAsync($"{Exclusions}?{query}")).Body.GetProperty("items").EnumerateArray()];
}
