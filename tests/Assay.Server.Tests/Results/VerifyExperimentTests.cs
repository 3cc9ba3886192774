using System.Net;
using Assay.Analysis.Measurement;
using Assay.Server.Results;
using Assay.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Results;

public sealed class VerifyExperimentTests
{
    private static readonly MeasuredExperiment Served = Pictures.Of(10, Pictures.FirstBucket);

    [Fact]
    public void Equal_accumulators_are_equal()
    {
        var verification = VerifyExperiment.Compare(Served, Pictures.Of(10, Pictures.FirstBucket));
        Assert.True(verification.Equal);
        Assert.Empty(verification.Differences);
        Assert.Equal((8, 20), (verification.Compared, verification.Units));
    }

    [Fact]
    public async Task A_verification_takes_no_field()
    {
        await using var server = await RunningServer.StartWithExperimentAsync();
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync("experiments/checkout/verify", "{}")).Status);
        var (status, problem) = await server.PostAsync("experiments/checkout/verify", """{"as_of":"2026-01-01T00:00:00Z"}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/as_of"), (status, problem.GetProperty("errors")[0].GetProperty("pointer").GetString()));
        Assert.Equal(HttpStatusCode.BadRequest, (await server.PostAsync("experiments/checkout/verify", "nonsense")).Status);
    }

    [Fact]
    public async Task One_verification_at_a_time_and_the_next_when_it_is_done()
    {
        using var begun = new SemaphoreSlim(0);
        using var scan = new ManualResetEventSlim();
        var store = new FakeEventStore
        {
            Recomputing = _ =>
            {
                begun.Release();
                scan.Wait(Wait.Long);
                return null;
            },
        };
        await using var server = await RunningServer.StartWithExperimentAsync(adjust: services => services.AddSingleton<IEventStore>(store));
        var first = server.VerifyAsync("checkout");
        Assert.True(await begun.WaitAsync(Wait.Long));
        using var second = await server.Client.PostAsync("/api/v1/experiments/checkout/verify", null);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
        Assert.True(second.Headers.Contains("Retry-After"));
        Assert.Contains("\"busy\"", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        scan.Set();
        Assert.True((await first).GetProperty("equal").GetBoolean());
        Assert.True((await server.VerifyAsync("checkout")).GetProperty("equal").GetBoolean());
    }

    [Fact]
    public void The_last_bit_is_a_difference()
    {
        var key = Served.Accumulators.Keys.Single(key => key.Metric is "revenue" && key.Arm == 1);
        var other = Served.Accumulators[key].Clone();
        other.Remove(new MetricValue(key.MaturesAt, 1.1, 1, 0), [1, 0], isCrossover: false);
        other.Add(new MetricValue(key.MaturesAt, Math.BitIncrement(1.1), 1, 0), [1, 0], isCrossover: false);
        var verification = VerifyExperiment.Compare(Served, Served with { Accumulators = Served.Accumulators.SetItem(key, other) });
        Assert.False(verification.Equal);
        var difference = Assert.Single(verification.Differences);
        Assert.Equal((1, "revenue", Pictures.FirstBucket), (difference.VariationIndex, difference.Metric, difference.MaturesAt));
    }

    [Fact]
    public void An_accumulator_too_many_or_too_few_is_a_difference_and_an_empty_one_is_not()
    {
        var key = Served.Accumulators.Keys.First();
        Assert.False(VerifyExperiment.Compare(Served, Served with { Accumulators = Served.Accumulators.Remove(key) }).Equal);
        Assert.False(VerifyExperiment.Compare(Served with { Accumulators = Served.Accumulators.Remove(key) }, Served).Equal);
        Assert.True(VerifyExperiment.Compare(Served, Served with { Accumulators = Served.Accumulators.Add(key with { Arm = -2 }, new Accumulator(3)) }).Equal);
    }
}
