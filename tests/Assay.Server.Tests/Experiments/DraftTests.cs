using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Experiments;

public sealed class DraftTests(HostServer server) : IClassFixture<HostServer>
{
    private const string List = "/api/v1/experiments";

    [Fact]
    public async Task A_reader_that_has_the_version_gets_no_body()
    {
        var created = await server.PostAsync(List, DesignText.Minimal("known"));
        Assert.Equal((304, ""), await StatusAndText(server.GetAsync($"{List}/known", ("If-None-Match", created.ETag))));
        Assert.Equal((304, ""), await StatusAndText(server.GetAsync($"{List}/known", ("If-None-Match", $"\"other\", W/{created.ETag}"))));
        Assert.Equal(200, (await server.GetAsync($"{List}/known", ("If-None-Match", "\"other\""))).Status);
    }

    [Fact]
    public async Task A_draft_is_replaced_by_who_has_read_it()
    {
        var created = await server.PostAsync(List, DesignText.Minimal("replaced"));
        var answer = await PutAsync("replaced", DesignText.Minimal("replaced", mdePct: 10), created.ETag);
        Assert.Equal((200, 2), (answer.Status, answer.Body.GetProperty("version").GetInt32()));
        Assert.Equal(10, answer.Body.GetProperty("design").GetProperty("metrics").GetProperty("mde_pct").GetDouble());
        Assert.True(answer.Body.GetProperty("plan").GetProperty("planned_sample_size_per_variant").GetInt64() < 146642);
        Assert.NotEqual(created.ETag, answer.ETag);
        Assert.Equal(answer.Text, (await server.GetAsync($"{List}/replaced")).Text);

        (await PutAsync("replaced", DesignText.Minimal("replaced"), created.ETag)).IsProblem(412, "version_mismatch");
        (await PutAsync("replaced", DesignText.Minimal("replaced"), $"W/{answer.ETag}")).IsProblem(412, "version_mismatch");
        Assert.Equal(200, (await PutAsync("replaced", DesignText.Minimal("replaced"), "*")).Status);
    }

    [Fact]
    public async Task Replacing_blindly_is_refused()
    {
        await server.PostAsync(List, DesignText.Minimal("blind"));
        (await PutAsync("blind", DesignText.Minimal("blind"), null)).IsProblem(428, "precondition_required");
    }

    [Fact]
    public async Task A_replacement_is_validated_and_keeps_the_key()
    {
        var created = await server.PostAsync(List, DesignText.Minimal("keeps"));
        Assert.Equal(["/key"], (await PutAsync("keeps", DesignText.Minimal("other"), created.ETag)).IsProblem(422, "invalid_design").Pointers);
        (await PutAsync("keeps", "{}", created.ETag)).IsProblem(422, "invalid_design");
        (await PutAsync("keeps", "{", created.ETag)).IsProblem(400, "invalid_json");
        (await PutAsync("nobody", DesignText.Minimal("nobody"), "*")).IsProblem(404, "unknown_experiment");
    }

    [Fact]
    public async Task Of_many_who_replace_one_version_one_wins()
    {
        var created = await server.PostAsync(List, DesignText.Minimal("raced"));
        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => PutAsync("raced", DesignText.Minimal("raced", mdePct: i), created.ETag)));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.Equal(7, answers.Count(answer => answer.Code == "version_mismatch"));
    }

    [Fact]
    public async Task A_draft_is_deleted_and_its_key_is_free_again()
    {
        var created = await server.PostAsync(List, DesignText.Minimal("deleted"));
        (await server.SendAsync(HttpMethod.Delete, $"{List}/deleted", null, ("If-Match", "\"other\""))).IsProblem(412, "version_mismatch");
        Assert.Equal(204, (await server.SendAsync(HttpMethod.Delete, $"{List}/deleted", null, ("If-Match", created.ETag))).Status);
        (await server.GetAsync($"{List}/deleted")).IsProblem(404, "unknown_experiment");
        (await server.SendAsync(HttpMethod.Delete, $"{List}/deleted")).IsProblem(404, "unknown_experiment");

        server.Clock.Advance(TimeSpan.FromSeconds(1));
        var again = await server.PostAsync(List, DesignText.Minimal("deleted"));
        Assert.Equal(201, again.Status);
        Assert.NotEqual(created.ETag, again.ETag);
    }

    [Fact]
    public async Task What_has_started_is_neither_replaced_nor_deleted()
    {
        await server.StartExperimentAsync("frozen");
        var before = (await server.GetAsync($"{List}/frozen")).Text;
        (await PutAsync("frozen", DesignText.Minimal("frozen", mdePct: 9), "*")).IsProblem(409, "not_draft");
        (await server.SendAsync(HttpMethod.Delete, $"{List}/frozen")).IsProblem(409, "not_draft");
        Assert.Equal(before, (await server.GetAsync($"{List}/frozen")).Text);
    }

    private Task<Answer> PutAsync(string key, string json, string? ifMatch) =>
        server.SendAsync(HttpMethod.Put, $"{List}/{key}", json, ifMatch is null ? [] : [("If-Match", ifMatch)]);

    private static async Task<(int Status, string Text)> StatusAndText(Task<Answer> answer) => ((await answer).Status, (await answer).Text);
}
