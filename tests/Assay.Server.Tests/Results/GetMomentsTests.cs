using Assay.Server.Results;
using Assay.Server.Storage;
using Assay.Server.Tests.Events;
using Assay.Statistics;

namespace Assay.Server.Tests.Results;

public sealed class GetMomentsTests
{
    [Fact]
    public void Moments_are_told_by_metric_arm_and_population()
    {
        var moments = GetMoments.Describe(Samples.Running.Design, Pictures.Of(10, Pictures.FirstBucket), Microseconds.Of(Pictures.FirstBucket) - 1);
        Assert.Equal(3 * 2 * 2, moments.Length);

        double[] values = [0, 1.1, 0, 3.1, 0, 5.1, 0, 7.1, 0, 9.1];
        var expected = Moments.Of(values);
        var revenue = moments.Single(entry => entry is { Metric: "revenue", VariationIndex: 1, Population: MomentsPopulation.Running });
        Assert.Equal((10, 5, 5), (revenue.Count, revenue.Converted, revenue.Events));
        Assert.Equal(expected.Mean, revenue.Mean!.Value, 1e-12);
        Assert.Equal(expected.SquaredDeviations, revenue.SquaredDeviations, 1e-9);
        Assert.Equal("value spend_before spend_before:missing", string.Join(' ', revenue.Columns));
        Assert.Equal(4.5, revenue.Means[1]);
        Assert.Equal(82.5, revenue.CrossDeviations[1][1]);
        Assert.Equal(revenue.CrossDeviations[0][1], revenue.CrossDeviations[1][0]);

        var completed = moments.Single(entry => entry is { Metric: "revenue", VariationIndex: 1, Population: MomentsPopulation.Completed });
        Assert.Equal((0, null, 0), (completed.Count, completed.Mean, completed.SquaredDeviations));
    }

    [Fact]
    public void What_was_never_opened_has_moments_of_nothing() =>
        Assert.All(GetMoments.Describe(Samples.Running.Design, null, 0), entry => Assert.Equal((0, null), (entry.Count, entry.Mean)));
}
