using System.Buffers;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Tests.Storage;

public sealed class LanesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(10_000)]
    public void Each_lane_is_run_once(int units)
    {
        var runs = new int[Lanes.Count];
        Lanes.Run(units, lane => Interlocked.Increment(ref runs[lane]));
        Assert.All(runs, count => Assert.Equal(1, count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10_000)]
    public void A_lane_that_fails_tells_why(int units)
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Lanes.Run(units, lane => throw new InvalidOperationException($"lane {lane}")));
        Assert.StartsWith("lane ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Units_are_shared_out_evenly()
    {
        var counts = new int[Lanes.Count];
        for (var i = 0; i < 10_000; i++) counts[Lanes.Of(Fingerprint.Of($"user-{i}"))]++;
        Assert.All(counts, count => Assert.InRange(count, 8_000 / Lanes.Count, 12_000 / Lanes.Count));
    }

    [Fact]
    public void Of_a_commit_nothing_is_left_but_the_room_that_it_took()
    {
        var room = new CommitRoom();
        var first = room.Of("anna", Fingerprint.Of("anna"));
        first.Unit = 7;
        first.IsRecalled = first.IsFound = first.IsNeeded = first.IsLoaded = first.IsOfPerson = true;
        (first.Rows, first.Tallies) = ([1], [2]);
        first.NewRows.Write<byte>([3]);
        first.StoredEvents.Add(new("buy", 1, 2, 3, null));
        first.NewEvents.Add(new("buy", 1, 2, 3, null));
        var view = first.In(new ViewDraft(new ViewState(1, "one")));
        view.Add(new(1, 0, "", null), clientAt: null);
        view.IsTouched = true;
        Assert.Same(first, room.Of("anna", Fingerprint.Of("anna")));

        room.Clear();
        foreach (var lane in room.Units) Assert.Equal(0, lane.Units.Length);
        var again = room.Of("anna", Fingerprint.Of("anna"));
        Assert.Same(first, again);
        Assert.Equal((null, null, null, 0), (again.Unit, again.Rows, again.Tallies, again.AddedRows.Length));
        Assert.False(again.IsRecalled || again.IsFound || again.IsNeeded || again.IsLoaded || again.IsOfPerson);
        Assert.Empty(again.StoredEvents);
        Assert.Empty(again.NewEvents);
        Assert.Empty(again.Views);
        var other = again.In(new ViewDraft(new ViewState(2, "two")));
        Assert.Same(view, other);
        Assert.False(other.IsTouched);
        Assert.True(other.Exposures.IsEmpty && other.Covariates.IsEmpty);
    }
}
