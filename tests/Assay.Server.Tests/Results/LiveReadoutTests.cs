using System.Text.Json;
using Assay.Analysis.Measurement;
using Assay.Server.Results;
using Assay.Server.Storage;
using Assay.Server.Tests.Events;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Server.Tests.Results;

public sealed class LiveReadoutTests
{
    private readonly FakeTimeProvider _time = new(Samples.Arrival);
    private readonly FakeEventStore _store = new();
    private readonly LiveReadout _readout;

    public LiveReadoutTests()
    {
        _store.Touch(Pictures.Of(200, Pictures.FirstBucket));
        _readout = new LiveReadout(_store, _time, allPairs: false);
    }

    [Fact]
    public void While_nothing_changes_readers_share_the_same_bytes()
    {
        var first = Read();
        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Same(first, Read());
    }

    [Fact]
    public void A_commit_elsewhere_moves_the_watermark_and_not_the_answer()
    {
        var first = Read();
        _store.Commit();
        var second = Read();
        Assert.Equal(first.ETag, second.ETag);
        Assert.Equal(2, Json(second).GetProperty("watermark").GetInt64());
        Assert.Equal(2, second.Watermark);
    }

    [Fact]
    public void A_page_costs_no_analysis_and_no_json_while_the_answer_stands()
    {
        var first = Read();
        _store.Commit();
        _time.Advance(TimeSpan.FromSeconds(1));
        var second = Read();
        Assert.NotSame(first, second);
        Assert.Same(first.Readout.Comparisons, second.Readout.Comparisons);
        Assert.False(first.IsWritten || second.IsWritten);
        Assert.Same(second.Json, second.Json);
        Assert.True(second.IsWritten);
    }

    [Fact]
    public void Items_sent_again_are_told_and_looked_at_and_move_no_tag()
    {
        var first = Read();
        var stamp = _readout.Stamp(Samples.Running);
        var picture = _store.Pictures[Samples.Running.Key];
        _store.Pictures[picture.Key] = picture with { Receipts = picture.Receipts.SetItem(new ReceiptKey(1, Maturity.DayOf(Microseconds.Of(Samples.Arrival))), new ReceiptTotals(500, 400, 0)) };
        var second = Read();
        Assert.Equal(first.ETag, second.ETag);
        Assert.NotEqual(Json(first).GetProperty("health").GetRawText(), Json(second).GetProperty("health").GetRawText());
        Assert.NotEqual(stamp, _readout.Stamp(Samples.Running));
    }

    [Fact]
    public void Time_alone_moves_as_of_and_not_the_answer()
    {
        var first = Read();
        _time.Advance(TimeSpan.FromSeconds(1));
        var second = Read();
        Assert.Equal(first.ETag, second.ETag);
        Assert.Equal(Samples.Arrival.AddSeconds(1), Json(second).GetProperty("as_of").GetDateTimeOffset());
    }

    [Fact]
    public void A_commit_to_the_experiment_changes_the_answer()
    {
        var first = Read();
        _store.Touch(Pictures.Of(300, Pictures.FirstBucket));
        var second = Read();
        Assert.NotEqual(first.ETag, second.ETag);
        Assert.Equal((400, 600), (Exposed(first), Exposed(second)));
    }

    [Fact]
    public void Units_mature_without_any_event()
    {
        var first = Read();
        _time.SetUtcNow(Pictures.FirstBucket.AddTicks(-1));
        Assert.Equal(first.ETag, Read().ETag);
        Assert.Equal(0, Completed(Read()));

        _time.SetUtcNow(Pictures.FirstBucket);
        Assert.NotEqual(first.ETag, _readout.Identify(Samples.Running));
        Assert.Equal(_readout.Identify(Samples.Running), Read().ETag);
        Assert.Equal(400, Completed(Read()));
    }

    [Fact]
    public void The_end_of_the_day_in_which_units_matured_is_another_answer()
    {
        _time.SetUtcNow(Pictures.FirstBucket);
        var hour = Read();
        var midnight = new DateTimeOffset(Pictures.FirstBucket.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        _time.SetUtcNow(midnight.AddTicks(-1));
        var before = Read();
        Assert.Equal(Pictures.FirstBucket, Json(before).GetProperty("first_maturity_at").GetDateTimeOffset());
        _time.SetUtcNow(midnight);
        var day = Read();
        Assert.NotEqual(before.ETag, day.ETag);
        Assert.Equal((Pictures.FirstBucket, midnight), (Json(hour).GetProperty("first_maturity_at").GetDateTimeOffset(), Json(day).GetProperty("first_maturity_at").GetDateTimeOffset()));
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(day.ETag, Read().ETag);
    }

    [Fact]
    public void A_full_hour_is_another_answer_while_it_runs_since_health_is_judged_by_the_hour()
    {
        var stopped = Samples.Running with { Status = ExperimentStatus.Stopped };
        _time.SetUtcNow(Pictures.FirstBucket);
        var (running, over) = (Read(), new LiveReadout(_store, _time, allPairs: false));
        var last = over.Read(stopped).ETag;
        _time.Advance(TimeSpan.FromHours(1));

        Assert.NotEqual(running.ETag, Read().ETag);
        Assert.Equal(_readout.Identify(Samples.Running), Read().ETag);
        Assert.Equal(last, over.Read(stopped).ETag);
    }

    [Fact]
    public void Another_version_or_another_draft_of_the_same_key_is_another_answer()
    {
        var etags = new[] { Samples.Running, Samples.Running with { Version = 3 }, Samples.Running with { CreatedAt = Samples.Start.AddDays(1) } }
            .Select(experiment => _readout.Read(experiment).ETag).ToList();
        Assert.Equal(3, etags.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void The_query_is_part_of_the_answer()
    {
        var all = new LiveReadout(_store, _time, allPairs: true);
        Assert.NotEqual(all.Read(Samples.Running).ETag, Read().ETag);
    }

    [Fact]
    public void A_draft_has_a_readout_without_units()
    {
        var draft = Samples.Running with { Status = ExperimentStatus.Draft, StartedAt = null, Design = Samples.Running.Design with { Key = "draft" } };
        var json = Json(new LiveReadout(_store, _time, allPairs: false).Read(draft));
        Assert.Equal("draft", json.GetProperty("status").GetString());
        Assert.Equal(0, json.GetProperty("exposures_total").GetInt64());
        Assert.Equal("insufficient_data", json.GetProperty("comparisons")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_readout_never_claims_a_commit_it_was_read_before()
    {
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            long last = 0;
            while (!done.IsCancellationRequested)
            {
                var committed = _store.Watermark;
                var served = Read();
                Assert.True(served.Watermark >= committed);
                Assert.True(served.Watermark >= last);
                Assert.True(Exposed(served) >= 2 * committed);
                last = served.Watermark;
            }
        })).ToList();
        for (var units = 200; units < 260; units++) _store.Touch(Pictures.Of(units, Pictures.FirstBucket));
        await done.CancelAsync();
        await Task.WhenAll(readers);
    }

    private ServedReadout Read() => _readout.Read(Samples.Running);

    private static JsonElement Json(ServedReadout served) => JsonElement.Parse(served.Json);

    private static long Exposed(ServedReadout served) => Json(served).GetProperty("exposures_total").GetInt64();

    private static long Completed(ServedReadout served) => Json(served).GetProperty("population").GetProperty("completed").GetInt64();
}
