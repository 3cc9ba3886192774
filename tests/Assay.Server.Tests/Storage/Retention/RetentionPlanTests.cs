using Assay.Analysis.Measurement;
using Assay.Server.Storage;
using Assay.Server.Storage.Commits;
using CsCheck;

namespace Assay.Server.Tests.Storage.Retention;

public sealed class RetentionPlanTests
{
    private const long Day = 24 * History.Hour;

    [Fact]
    public void The_horizon_is_the_latest_that_cuts_no_experiment_and_passes_no_open_one() =>
        Gen.Select(Gen.Select(Gen.Int[0, 40], Gen.Int[0, 12], Gen.Int[0, 2], (from, days, kind) => (From: from, Days: days, Kind: kind)).Array[0, 6], Gen.Int[0, 60], Gen.Int[20, 80], Gen.Int[0, 60]).Sample(
            (drawn, before, now, horizon) =>
            {
                var index = Index([.. drawn.Select(draw => (draw.From, draw.Kind == 0 ? null : (int?)(draw.From + draw.Days)))]);
                var plan = RetentionWork.Plan(index, horizon * Day, before * Day, now * Day);
                var best = Enumerable.Range(0, before + 1)
                    .Where(day => drawn.All(draw => draw.From >= day || (draw.Kind != 0 && draw.From + draw.Days <= day && now >= draw.From + draw.Days + 7))).Max();
                Assert.Equal((Math.Max(horizon, best) * Day, best > horizon), (plan.Horizon, plan.Moves));
                Assert.Equal(best > horizon ? drawn.Select((draw, i) => (draw.From, Key: $"e{i}")).Where(view => view.From < best).Select(view => view.Key) : [], plan.Sealed);
                Assert.Equal(best < before && horizon < before, plan.HeldBy is not null);
            });

    [Fact]
    public void Of_experiments_that_overlap_the_first_that_is_open_holds_all_that_came_before()
    {
        // The second is running; the first reaches into it, and an earlier one into the first.
        var plan = RetentionWork.Plan(Index([(0, 5), (4, 12), (10, null), (20, null)]), RetentionPlan.Nowhere, 30 * Day, 60 * Day);
        Assert.Equal((0, "e0"), (plan.Horizon, plan.HeldBy));
        plan = RetentionWork.Plan(Index([(0, 4), (4, 10), (10, null)]), RetentionPlan.Nowhere, 30 * Day, 60 * Day);
        Assert.Equal((10 * Day, "e2", "e0 e1"), (plan.Horizon, plan.HeldBy, string.Join(' ', plan.Sealed)));
    }

    private static ViewIndex Index(IReadOnlyList<(int From, int? To)> days) => new(1, days.Select((view, i) => new ViewState(i + 1, $"e{i}")
    {
        Measure = new UnitMeasure(History.Views[0] with { Key = $"e{i}", StartedAt = view.From * Day, ClosesAt = view.To * Day }),
    }));
}
