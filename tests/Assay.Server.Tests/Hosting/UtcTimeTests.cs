using System.Text.Json;
using System.Text.RegularExpressions;
using Assay.Server.Tests.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Server.Tests.Hosting;

public sealed partial class UtcTimeTests
{
    [Fact]
    public async Task Every_time_in_an_answer_ends_in_Z()
    {
        var time = new FakeTimeProvider(Samples.Arrival);
        await using var server = await RunningServer.StartWithExperimentAsync(Samples.Start.ToOffset(TimeSpan.FromHours(5)), services => services.AddSingleton<TimeProvider>(time));
        await server.RecordAsync("experiments/checkout/exposures", History.Exposures(0, 4, Samples.Arrival.AddMinutes(-30)));
        await server.PostAsync("experiments/checkout/stop", "");
        using var stream = await server.Client.GetStreamAsync("/api/v1/experiments/checkout/live-stats/stream", TestContext.Current.CancellationToken);
        using var lines = new StreamReader(stream);
        var sent = "";
        while (!sent.StartsWith("data: ", StringComparison.Ordinal)) sent = (await lines.ReadLineAsync(TestContext.Current.CancellationToken))!;

        var times = new List<string>();
        foreach (var path in (string[])["experiments", "experiments/checkout", "experiments/checkout/live-stats", "experiments/checkout/ingestion", "metrics"])
            times.AddRange(Times(await server.GetAsync(path)));
        times.AddRange(Times(JsonElement.Parse(sent["data: ".Length..])));

        Assert.InRange(times.Count, 15, 100);
        Assert.All(times, time => Assert.EndsWith("Z", time, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Times(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(field => Times(field.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Times),
        JsonValueKind.String when DateAndTime().IsMatch(element.GetString()!) => [element.GetString()!],
        _ => [],
    };

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\dT", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DateAndTime();
}
