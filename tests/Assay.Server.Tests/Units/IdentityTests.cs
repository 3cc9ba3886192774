using System.Text.Json;
using Assay.Server.Tests.Events;
using Assay.Server.Tests.Hosting;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Assay.Server.Tests.Units;

public sealed class IdentityTests(HostServer server) : IClassFixture<HostServer>
{
    private const string Identities = "/api/v1/identities";

    [Fact]
    public async Task A_person_who_signs_in_is_one_user_of_the_readout_and_two_again_when_the_link_is_lifted()
    {
        await server.StartExperimentAsync("signs-in");
        await ExposeAsync("signs-in", ("anon-1", 0), ("other", 1));
        await server.PostAsync("/api/v1/experiments/signs-in/conversions", """{"conversions":[{"user_id":"ada","metric":"purchase","idempotency_key":"1"}]}""");
        await ExposeAsync("signs-in", ("ada", 1), ("phone-1", 1));
        var before = await ReadoutAsync("signs-in");
        Assert.Equal((4, "[0,0]"), (Int(before, "exposures_total"), Crossovers(before)));

        var answer = await LinkAsync(("anon-1", "ada"), ("phone-1", "anon-1"));
        Assert.Equal((200, 2, 2, 0), (answer.Status, Int(answer.Body, "received"), Int(answer.Body, "recorded"), Int(answer.Body, "deduplicated")));
        var during = await ReadoutAsync("signs-in");
        Assert.True(during.GetProperty("watermark").GetInt64() >= answer.Body.GetProperty("watermark").GetInt64());
        Assert.Equal((2, "[1,0]"), (Int(during, "exposures_total"), Crossovers(during)));
        Assert.True((await server.PostAsync("/api/v1/experiments/signs-in/verify")).Body.GetProperty("equal").GetBoolean());

        // Whoever of them is excluded, the person is.
        await server.PostAsync("/api/v1/exclusions", """{"exclusions":[{"user_id":"phone-1","experiment":"signs-in"}]}""");
        Assert.Equal((1, 1), (Int(await ReadoutAsync("signs-in"), "exposures_total"), Int((await ReadoutAsync("signs-in")).GetProperty("population"), "excluded_users")));
        await server.SendAsync(HttpMethod.Delete, "/api/v1/exclusions?user_id=phone-1&experiment=signs-in");

        foreach (var id in (string[])["anon-1", "phone-1"]) Assert.Equal(200, (await LiftAsync(id)).Status);
        Assert.Equal(Numbers(before), Numbers(await ReadoutAsync("signs-in")));
    }

    [Fact]
    public async Task Every_wrong_item_is_refused_by_itself_and_a_link_again_is_a_duplicate()
    {
        const string body =
            """
            {"identities":[{"anonymous_id":"a","user_id":"b"},{"anonymous_id":"a","user_id":"b"},{"anonymous_id":"a","user_id":"c"},{"anonymous_id":"b","user_id":"a"},{"anonymous_id":"x","user_id":"x"},
             {"anonymous_id":"y"},{"user_id":"z"},{"anonymous_id":" ","user_id":"z"},{"anonymous_id":"z","user_id":""},{"anonymous_id":7,"user_id":"z"},{"anonymous_id":"z","user_id":"q","why":1},
             {"anonymous_id":"LONG","user_id":"z"},{},{"anonymous_id":"b","user_id":"c"}]}
            """;
        var answer = await server.PostAsync(Identities, body.Replace("LONG", new string('x', 201), StringComparison.Ordinal));
        Assert.Equal((200, 14, 2, 1), (answer.Status, Int(answer.Body, "received"), Int(answer.Body, "recorded"), Int(answer.Body, "deduplicated")));
        Assert.Equal(
            [
                (2, "conflicting_link"), (3, "identity_cycle"), (4, "self_link"), (5, "missing_user_id"), (6, "missing_anonymous_id"), (7, "missing_anonymous_id"), (8, "missing_user_id"),
                (9, "invalid_value"), (10, "unknown_field"), (11, "too_long"), (12, "missing_user_id"),
            ],
            answer.Body.GetProperty("rejected").EnumerateArray().Select(item => (Int(item, "index"), item.GetProperty("code").GetString())));
        var watermark = answer.Body.GetProperty("watermark").GetInt64();
        var repeated = await LinkAsync(("b", "c"));
        Assert.Equal((0, 1, watermark), (Int(repeated.Body, "recorded"), Int(repeated.Body, "deduplicated"), repeated.Body.GetProperty("watermark").GetInt64()));
        Assert.Equal("identity_cycle", (await LinkAsync(("c", "a"))).Body.GetProperty("rejected")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_list_tells_the_links_of_a_person_by_any_of_its_ids_page_by_page()
    {
        await LinkAsync(("l1", "l/2 ?"), ("l/2 ?", "l3"), ("l4", "l3"), ("elsewhere", "others"));
        foreach (var id in (string[])["l1", "l/2 ?", "l3", "l4"])
            Assert.Equal(["l1 l/2 ?", "l/2 ? l3", "l4 l3"], (await ListAsync($"user_id={Uri.EscapeDataString(id)}")).Select(item => $"{item.GetProperty("anonymous_id").GetString()} {item.GetProperty("user_id").GetString()}"));
        Assert.Equal(server.Clock.GetUtcNow(), (await ListAsync("user_id=l1"))[0].GetProperty("since").GetDateTimeOffset());
        Assert.Empty(await ListAsync("user_id=nobody"));

        var found = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await server.GetAsync($"{Identities}?user_id=l3&limit=1&cursor={cursor}")).Body;
            found.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("anonymous_id").GetString()!));
            cursor = page.GetProperty("next_cursor").GetString();
        }

        Assert.Equal(["l1", "l/2 ?", "l4"], found);
        var lifted = await LiftAsync("l/2 ?");
        Assert.Equal((200, "l/2 ?"), (lifted.Status, lifted.Body.GetProperty("anonymous_id").GetString()));
        Assert.Single(await ListAsync("user_id=l1"));
        Assert.Single(await ListAsync("user_id=l3"));
        Assert.Contains(await ListAsync("limit=200"), item => item.GetProperty("anonymous_id").GetString() == "elsewhere");
    }

    [Fact]
    public async Task A_body_may_be_lines_and_compressed()
    {
        using var content = new ByteArrayContent(Gzip.Compress("{\"anonymous_id\":\"n1\",\"user_id\":\"n\"}\nnonsense\n{\"anonymous_id\":\"n2\",\"user_id\":\"n\"}\n"));
        content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-ndjson");
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await server.Http.PostAsync(Identities, content, TestContext.Current.CancellationToken);
        var answer = await Answer.OfAsync(response);
        Assert.Equal((200, 3, 2, 1), (answer.Status, Int(answer.Body, "received"), Int(answer.Body, "recorded"), answer.Body.GetProperty("rejected").GetArrayLength()));
        Assert.Equal(2, (await ListAsync("user_id=n")).Count);
        Assert.Equal((200, 0), ((await server.PostAsync(Identities, """{"identities":[]}""")).Status, Int((await server.PostAsync(Identities, """{"identities":[]}""")).Body, "received")));
    }

    [Fact]
    public async Task A_person_is_erased_by_any_id_and_neither_the_audit_nor_a_link_tells_who_it_was()
    {
        await server.StartExperimentAsync("leaves");
        await ExposeAsync("leaves", ("Ada Lovelace", 0), ("device-1", 0), ("device-2", 1), ("stays", 1));
        await LinkAsync(("device-1", "Ada Lovelace"), ("device-2", "device-1"));
        await LiftAsync("device-2");
        await LinkAsync(("device-2", "Ada Lovelace"));
        await server.PostAsync("/api/v1/exclusions", """{"exclusions":[{"user_id":"device-1"}]}""");
        var answer = await server.SendAsync(HttpMethod.Delete, "/api/v1/units/device-2");
        Assert.Equal((200, 3, 3, 1), (answer.Status, answer.Body.GetProperty("units").GetArrayLength(), Int(answer.Body, "links"), Int(answer.Body, "exclusions")));
        Assert.Equal("""{"exposures":3,"events":0,"covariates":0}""", answer.Body.GetProperty("rows").GetRawText());
        Assert.Equal(1, Int(await ReadoutAsync("leaves"), "exposures_total"));
        var verified = (await server.PostAsync("/api/v1/experiments/leaves/verify")).Body;
        Assert.Equal((true, 1), (verified.GetProperty("equal").GetBoolean(), Int(verified, "except_erased")));
        Assert.Empty(await ListAsync("user_id=Ada%20Lovelace"));
        (await LiftAsync("device-1")).IsProblem(404, "not_linked");

        await using var storage = new SqliteConnection($"{server.Storage};Pooling=false");
        var audit = (await storage.QueryAsync<(string Actor, string Action, string Detail)>("select actor, action, detail from audit where action in ('linked', 'link_lifted', 'erased')")).ToList();
        Assert.Contains(audit, entry => entry is { Actor: "open", Action: "link_lifted" });
        Assert.DoesNotContain(audit, entry => entry.Detail.Contains("device", StringComparison.Ordinal) || entry.Detail.Contains("Ada", StringComparison.Ordinal));
        var units = answer.Body.GetProperty("units").EnumerateArray().Select(unit => unit.GetInt64()).ToList();
        Assert.Contains(audit, entry => entry.Action == "linked" && entry.Detail.Contains($"\"links\":[[{units[1]},{units[0]}]", StringComparison.Ordinal));
        Assert.Equal(0, await storage.ExecuteScalarAsync<long>("select count(*) from identity_links where unit in @units or into_unit in @units", new { units }));
    }

    [Fact]
    public async Task What_is_refused_is_refused_in_words()
    {
        (await LiftAsync("nobody")).IsProblem(404, "not_linked");
        (await server.SendAsync(HttpMethod.Delete, Identities)).IsProblem(400, "invalid_query");
        (await server.SendAsync(HttpMethod.Delete, $"{Identities}?anonymous_id=%20")).IsProblem(400, "invalid_query");
        (await server.SendAsync(HttpMethod.Delete, $"{Identities}?anonymous_id=x&user_id=x")).IsProblem(400, "invalid_query");
        (await server.GetAsync($"{Identities}?limit=0&cursor=!")).IsProblem(400, "invalid_query");
        (await server.GetAsync($"{Identities}?cursor=YQ")).IsProblem(400, "invalid_query");
        (await server.PostAsync(Identities, "{}")).IsProblem(400, "invalid_body");
        (await server.PostAsync(Identities, "nonsense")).IsProblem(400, "invalid_json");
        (await server.PostAsync(Identities, $$"""{"identities":[{{string.Join(',', Enumerable.Repeat("{}", 10_001))}}]}""")).IsProblem(413, "too_many_items");
        using var text = new StringContent("{}", new System.Net.Http.Headers.MediaTypeHeaderValue("text/plain"));
        using var response = await server.Http.PostAsync(Identities, text, TestContext.Current.CancellationToken);
        (await Answer.OfAsync(response)).IsProblem(415, "unsupported_media_type");
    }

    [Fact]
    public async Task What_storage_does_not_take_is_refused_and_changes_nothing()
    {
        await LinkAsync(("stays-1", "stays"));
        await using (await FullDisk.OfAsync(server.Storage))
        {
            Assert.Equal("1", (await LinkAsync(("late-1", "stays"))).IsProblem(503, "storage_failed").Headers["Retry-After"]);
            (await LiftAsync("stays-1")).IsProblem(503, "storage_failed");
            Assert.Single(await ListAsync("user_id=stays"));
        }

        Assert.Empty(await ListAsync("user_id=late-1"));
        Assert.Equal(1, Int((await LinkAsync(("late-1", "stays"))).Body, "recorded"));
        Assert.Equal(200, (await LiftAsync("stays-1")).Status);
    }

    private static int Int(JsonElement body, string name) => body.GetProperty(name).GetInt32();

    /// <summary>By arm.</summary>
    private static string Crossovers(JsonElement readout) => readout.GetProperty("population").GetProperty("crossovers").GetRawText();

    /// <summary>A readout without when and of which commit it is.</summary>
    private static string Numbers(JsonElement readout) => string.Join('\n', readout.EnumerateObject().Where(field => field.Name is not "watermark" and not "as_of").Select(field => $"{field.Name} {field.Value.GetRawText()}"));

    private Task<Answer> LinkAsync(params (string AnonymousId, string UserId)[] pairs) =>
        server.PostAsync(Identities, JsonSerializer.Serialize(new { identities = pairs.Select(pair => new { anonymous_id = pair.AnonymousId, user_id = pair.UserId }) }));

    private Task<Answer> LiftAsync(string id) => server.SendAsync(HttpMethod.Delete, $"{Identities}?anonymous_id={Uri.EscapeDataString(id)}");

    private async Task ExposeAsync(string key, params (string User, int Arm)[] exposures)
    {
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await server.PostAsync($"/api/v1/experiments/{key}/exposures", JsonSerializer.Serialize(new { exposures = exposures.Select(exposure => new { user_id = exposure.User, variation_index = exposure.Arm }) }));
    }

    private async Task<JsonElement> ReadoutAsync(string key) => (await server.GetAsync($"/api/v1/experiments/{key}/live-stats")).Body;

    private async Task<List<JsonElement>> ListAsync(string query) => [.. (await server.GetAsync($"{Identities}?{query}")).Body.GetProperty("items").EnumerateArray()];
}
