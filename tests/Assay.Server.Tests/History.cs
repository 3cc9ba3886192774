using System.Globalization;
using System.Text.Json;
using Assay.Server.Tests.Events;
using CsCheck;

namespace Assay.Server.Tests;

/// <summary>Histories to send: with crossovers, late exposures, events before exposure, covariates and values that do not add up exactly.</summary>
internal static class History
{
    public static string Exposures(int first, int count, DateTimeOffset? at)
    {
        var time = at is { } known ? $",\"occurred_at\":\"{Text(known)}\"" : "";
        return $$"""{"exposures":[{{string.Join(',', Enumerable.Range(first, count).Select(unit => $$"""{"user_id":"u{{unit}}","variation_index":{{unit % 2}}{{time}}}"""))}}]}""";
    }

    public static IReadOnlyList<HistoryItem> Of(int units)
    {
        var random = new PCG(1, 42);
        var items = new List<HistoryItem>();
        for (var unit = 0; unit < units; unit++)
        {
            Expose(unit, unit % 2);
            if (unit % 10 == 0) Expose(unit, 1 - (unit % 2));
            if (unit % 3 != 0) items.Add(new("experiments/checkout/pre-period", "values", $$"""{"user_id":"u{{unit}}","covariate":"spend_before","value":{{Number()}}}"""));
            for (var i = 0; i < unit % 4; i++)
                items.Add(new("experiments/checkout/conversions", "conversions", $$"""{"user_id":"u{{unit}}","metric":"purchase","value":{{Number()}},"idempotency_key":"c{{unit}}.{{i}}","occurred_at":"{{Time()}}"}"""));
            if (unit % 5 == 0) items.Add(new("events", "events", $$"""{"id":"r{{unit}}","user_id":"u{{unit + (unit % 7)}}","name":"refund","value":{{Number()}},"occurred_at":"{{Time()}}"}"""));
        }

        return items;

        void Expose(int unit, int arm) =>
            items.Add(new("experiments/checkout/exposures", "exposures", $$"""{"user_id":"u{{unit}}","variation_index":{{arm}},"id":"x{{unit}}.{{arm}}","occurred_at":"{{Time()}}"}"""));

        // A few hours, so that windows, exposures and events overlap.
        string Time() => Text(Samples.Arrival.AddHours(-6).AddSeconds((int)random.Next(4 * 3600)));

        string Number() => (Math.Round((int)random.Next(1_000_000) / 777.0, 3) - 300).ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>Sends items as they come, neighbours on one route together.</summary>
    public static async Task SendAsync(RunningServer server, IReadOnlyList<HistoryItem> items)
    {
        foreach (var group in items.GroupBy(item => (item.Route, item.Array)))
        {
            var receipt = await server.RecordAsync(group.Key.Route, $$"""{"{{group.Key.Array}}":[{{string.Join(',', group.Select(item => item.Json))}}]}""");
            Assert.Equal(JsonValueKind.Array, receipt.GetProperty("rejected").ValueKind);
            Assert.Equal(0, receipt.GetProperty("rejected").GetArrayLength());
        }
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}

/// <summary>One item of a history and the route it takes.</summary>
internal sealed record HistoryItem(string Route, string Array, string Json);
