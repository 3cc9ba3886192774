using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;

namespace Assay.Analysis.Tests.Designs;

public sealed class ExperimentViewsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 2, 0, 0, TimeSpan.FromHours(2));

    [Fact]
    public void A_view_measures_every_metric_by_its_type_and_window()
    {
        const string Clicks = """[ { "name": "clicks", "event": "click", "metric_type": "count", "window_hours": 0.3 } ]""";
        var document = Documents.Change("/metrics/more_primaries", Clicks);

        var view = ExperimentViews.Of(Documents.Design(document), 3, Start, closesAt: null);

        Assert.Equal(("checkout-redesign", 3, 2, 1772323200000000L, (long?)null), (view.Key, view.Epoch, view.Arms, view.StartedAt, view.ClosesAt));
        Assert.Equal(
            [
                new MetricPlan("purchase", "purchase", Aggregate.Any, TimeSpan.FromHours(72)),
                new MetricPlan("clicks", "click", Aggregate.Count, TimeSpan.FromMinutes(18)),
                new MetricPlan("revenue", "purchase", Aggregate.Sum, TimeSpan.FromHours(72)),
                new MetricPlan("refund", "refund", Aggregate.Any, TimeSpan.FromHours(72)),
            ],
            view.Plans);
        Assert.Equal("revenue_before", Assert.Single(view.Covariates));
        var segment = Assert.Single(view.Segments);
        Assert.Equal("country: DE, FR", $"{segment.Attribute}: {string.Join(", ", segment.Values)}");
    }

    [Fact]
    public void A_stopped_view_knows_when_it_closes() =>
        Assert.Equal(
            1772323200000000L + 3_600_000_000L,
            ExperimentViews.Of(Documents.Design(Documents.Smallest), 1, Start, Start.AddHours(1)).ClosesAt);

    [Theory]
    [InlineData("2026-03-01T10:00:00Z", "2026-03-04T11:00:00Z")]
    [InlineData("2026-03-01T10:00:00.000001Z", "2026-03-04T12:00:00Z")]
    [InlineData("2026-03-01T15:59:59+05:45", "2026-03-04T12:00:00Z")]
    public void Closing_waits_for_the_longest_window_and_an_hour_and_the_full_hour(string stopped, string closes)
    {
        var design = Documents.Design(Documents.Change("/metrics/secondary/0/window_hours", "1"));

        Assert.Equal(Time(closes), Closing.At(design, Time(stopped)));
        Assert.Equal(TimeSpan.Zero, Closing.At(design, Time(stopped)).Offset);
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
