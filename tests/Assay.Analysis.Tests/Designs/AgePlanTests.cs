using System.Text.Json;
using Assay.Analysis.Designs;
using Assay.Analysis.Tests.Readouts;

namespace Assay.Analysis.Tests.Designs;

public sealed class AgePlanTests
{
    [Theory]
    [InlineData(47.9, 0, 0)]
    [InlineData(48, 1, 2)]
    [InlineData(60, 1, 3)]
    [InlineData(168, 1, 7)]
    [InlineData(168.5, 2, 4)]
    [InlineData(336, 2, 7)]
    [InlineData(720, 5, 6)]
    [InlineData(2160, 13, 7)]
    public void A_window_of_two_days_or_more_has_at_most_seven_ages_of_whole_days(double hours, int days, int ages)
    {
        var design = Scene.DesignOf(Scene.Metric("purchase", MetricType.Binary) with { WindowHours = hours });
        Assert.Equal(ages == 0 ? [] : [new AgePlan("purchase", days, ages)], AgePlan.Of(design).AsEnumerable());

        var plan = ExperimentViews.Of(design, 1, DateTimeOffset.UnixEpoch, null, null, AgePlan.Of(design)).Plans[0];
        Assert.Equal((ages == 0 ? null : (TimeSpan?)TimeSpan.FromDays(days), ages), (plan.Age, plan.Ages));
    }

    [Fact]
    public void Only_primaries_have_ages()
    {
        var week = Scene.Metric("purchase", MetricType.Binary) with { WindowHours = 168 };
        var design = Scene.DesignOf(week) with { };
        design = design with { Metrics = design.Metrics with { MorePrimaries = [week with { Name = "revenue", Type = MetricType.Continuous }], Secondary = [week with { Name = "clicks", Type = MetricType.Count }], Guardrails = [week with { Name = "refund" }] } };
        Assert.Equal(["purchase", "revenue"], AgePlan.Of(design).Select(plan => plan.Metric));
        var plans = ExperimentViews.Of(design, 1, DateTimeOffset.UnixEpoch, null, null, AgePlan.Of(design)).Plans;
        Assert.Equal([7, 7, 0, 0], plans.Select(plan => plan.Ages));
    }

    [Fact]
    public void A_view_of_a_plan_without_ages_keeps_none()
    {
        var design = Scene.DesignOf(Scene.Metric("purchase", MetricType.Binary) with { WindowHours = 168 });
        Assert.All(ExperimentViews.Of(design, 1, DateTimeOffset.UnixEpoch, null).Plans, plan => Assert.Null(plan.Age));
        const string Stored = """{"PlannedSampleSizePerVariant":5,"PlannedSampleSizes":[5,5],"DurationDays":null,"Boundaries":[]}""";
        Assert.Empty(JsonSerializer.Deserialize<ExperimentPlan>(Stored)!.Ages);
    }
}
