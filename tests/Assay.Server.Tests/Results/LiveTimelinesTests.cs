using Assay.Analysis.Readouts;
using Assay.Server.Results;
using Assay.Server.Tests.Events;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Server.Tests.Results;

public sealed class LiveTimelinesTests
{
    private readonly FakeTimeProvider _time = new(Pictures.FirstBucket.AddMinutes(10));
    private readonly FakeEventStore _store = new();
    private readonly LiveTimelines _timelines;

    public LiveTimelinesTests()
    {
        _store.Touch(Pictures.Of(200, Pictures.FirstBucket));
        _timelines = new LiveTimelines(new LiveReadouts(_store, _time));
    }

    [Fact]
    public void A_commit_that_leaves_completed_units_as_they_were_moves_the_end_and_draws_nothing_again()
    {
        var (tag, before) = Read();
        var picture = _store.Read(Samples.Running.Key)!;
        _store.Touch(picture with { Accumulators = picture.Accumulators.AddRange(Pictures.Of(5, Pictures.FirstBucket.AddHours(5)).Accumulators) });
        _time.Advance(TimeSpan.FromMinutes(1));
        var (newTag, after) = Read();
        Assert.NotEqual(tag, newTag);
        Assert.Same(before.Points[0], after.Points[0]);
        Assert.Equal(before.Points[^1] with { At = before.AsOf.AddMinutes(1) }, after.Points[^1]);
        Assert.Equal(before.Watermark + 1, after.Watermark);

        _time.Advance(TimeSpan.FromHours(6));
        Assert.Equal([200, 205, 205], Read().Timeline.Points.Select(point => point.CompletedArms[0].ExposedUsers));
    }

    [Fact]
    public void What_arrives_late_draws_the_course_again()
    {
        var before = Read().Timeline;
        _store.Touch(Pictures.Of(201, Pictures.FirstBucket));
        var after = Read().Timeline;
        Assert.Equal((200, 201), (before.Points[0].CompletedArms[0].ExposedUsers, after.Points[0].CompletedArms[0].ExposedUsers));
    }

    [Fact]
    public void Another_version_of_the_experiment_and_another_metric_have_courses_of_their_own()
    {
        var before = Read().Timeline;
        Assert.NotSame(before.Points[0], _timelines.Find(Samples.Running with { Version = 3 }, Samples.Running.Design.Metrics.Primary).Read().Points[0]);
        Assert.Equal("revenue", _timelines.Find(Samples.Running, Samples.Running.Design.Metrics.Secondary[0]).Read().Metric);
    }

    private (string ETag, TimelineReadout Timeline) Read()
    {
        var (tag, read) = _timelines.Find(Samples.Running, Samples.Running.Design.Metrics.Primary);
        return (tag, read());
    }
}
