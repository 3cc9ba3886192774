using System.Text.Json;
using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Evaluation;

public sealed class AssignUnitTests(HostServer server) : IClassFixture<HostServer>
{
    private const string List = "/api/v1/experiments";

    [Fact]
    public async Task A_unit_gets_a_variation_and_always_the_same()
    {
        await server.StartExperimentAsync("assigns");
        var seen = new HashSet<int>();
        foreach (var unit in Enumerable.Range(0, 40))
        {
            var first = await AssignAsync("assigns", $"u{unit}");
            Assert.Equal(200, first.Status);
            Assert.Equal(first.Text, (await AssignAsync("assigns", $"u{unit}")).Text);
            var index = first.Body.GetProperty("variation_index").GetInt32();
            seen.Add(index);
            Assert.Equal(index == 0 ? "control" : "one-page", first.Body.GetProperty("variation_key").GetString());
            Assert.Equal(index == 0 ? JsonValueKind.False : JsonValueKind.Object, first.Body.GetProperty("value").ValueKind);
            Assert.True(first.Body.GetProperty("in_experiment").GetBoolean());
            Assert.Equal("assigned", first.Body.GetProperty("reason").GetString());
        }

        Assert.Equal([0, 1], seen.Order());
    }

    [Fact]
    public async Task The_variation_is_that_of_the_GrowthBook_hash()
    {
        await server.StartExperimentAsync("hashed");
        foreach (var unit in Enumerable.Range(0, 20).Select(i => $"unit-{i}"))
        {
            var expected = Assay.Assignment.Hashing.HashV2("hashed", unit) < 0.5 ? 0 : 1;
            Assert.Equal(expected, (await AssignAsync("hashed", unit)).Body.GetProperty("variation_index").GetInt32());
        }
    }

    [Fact]
    public async Task Who_is_held_out_or_outside_the_allocation_is_told_so()
    {
        await StartAsync("held-out", allocation: 1, holdout: 0.999);
        await StartAsync("outside", allocation: 0.001, holdout: 0);
        var held = (await AssignAsync("held-out", "u1")).Body;
        Assert.Equal((-1, "holdout", false), (held.GetProperty("variation_index").GetInt32(), held.GetProperty("reason").GetString(), held.GetProperty("in_experiment").GetBoolean()));
        var outside = (await AssignAsync("outside", "u1")).Body;
        Assert.Equal((JsonValueKind.Null, "outside_allocation"), (outside.GetProperty("variation_index").ValueKind, outside.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Only_a_running_experiment_assigns()
    {
        await server.PostAsync(List, DesignText.Minimal("sleeper"));
        (await AssignAsync("sleeper", "u")).IsProblem(409, "not_running");
        foreach (var (action, reason) in ((string, string)[])[("start", "assigned"), ("pause", "paused"), ("resume", "assigned"), ("stop", "stopped")])
        {
            await server.PostAsync($"{List}/sleeper/{action}");
            var body = (await AssignAsync("sleeper", "u")).Body;
            Assert.Equal(reason, body.GetProperty("reason").GetString());
            Assert.Equal(reason == "assigned", body.GetProperty("in_experiment").GetBoolean());
            Assert.Equal(reason == "assigned" ? JsonValueKind.Number : JsonValueKind.Null, body.GetProperty("variation_index").ValueKind);
        }

        await server.PostAsync($"{List}/sleeper/archive");
        (await AssignAsync("sleeper", "u")).IsProblem(409, "not_running");
        (await AssignAsync("nobody", "u")).IsProblem(404, "unknown_experiment");
    }

    [Theory]
    [InlineData("{}", "/user_id", "missing_user_id")]
    [InlineData("""{"user_id":null}""", "/user_id", "missing_user_id")]
    [InlineData("""{"user_id":"  "}""", "/user_id", "missing_user_id")]
    [InlineData("""{"user_id":7}""", "/user_id", "invalid_value")]
    [InlineData("""{"user_id":"a\u0000"}""", "/user_id", "invalid_value")]
    [InlineData("""{"user_id":"\ud800"}""", "/user_id", "invalid_value")]
    [InlineData("""{"user_id":"u","attributes":[]}""", "/attributes", "invalid_value")]
    [InlineData("""{"user_id":"u","colour":1}""", "/colour", "unknown_field")]
    public async Task A_wrong_body_names_its_field(string body, string pointer, string code)
    {
        await server.StartExperimentAsync($"checks-{Math.Abs(body.GetHashCode(StringComparison.Ordinal))}");
        var answer = (await server.PostAsync($"{List}/checks-{Math.Abs(body.GetHashCode(StringComparison.Ordinal))}/assign", body)).IsProblem(422, "invalid_body");
        var error = Assert.Single(answer.Body.GetProperty("errors").EnumerateArray());
        Assert.Equal((pointer, code), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_user_id_has_up_to_200_characters_however_they_are_encoded()
    {
        await server.StartExperimentAsync("long-names");
        Assert.Equal(200, (await AssignAsync("long-names", string.Concat(Enumerable.Repeat("😀", 200)))).Status);
        (await AssignAsync("long-names", new string('a', 201))).IsProblem(422, "invalid_body");
    }

    [Fact]
    public async Task Assigning_records_nothing()
    {
        await server.StartExperimentAsync("silent");
        var before = (await server.GetAsync($"{List}/silent")).Text;
        await AssignAsync("silent", "u");
        Assert.Equal(before, (await server.GetAsync($"{List}/silent")).Text);
    }

    private Task<Answer> AssignAsync(string key, string userId) => server.PostAsync($"{List}/{key}/assign", JsonSerializer.Serialize(new { user_id = userId, attributes = new { country = "DE" } }));

    private async Task StartAsync(string key, double allocation, double holdout)
    {
        Assert.Equal(201, (await server.PostAsync(List, DesignText.WithTraffic(key, allocation, holdout))).Status);
        Assert.Equal(200, (await server.PostAsync($"{List}/{key}/start")).Status);
    }
}
