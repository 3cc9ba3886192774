using Assay.Analysis.Measurement;

namespace Assay.Analysis.Tests.Measurement;

/// <summary>An amendment begins anew with units that have not seen the experiment.</summary>
public sealed class AmendedUnitTests
{
    private const long Amended = 1_000;
    private static readonly ExperimentView View = new("e", 0, 0, 2, [new MetricPlan("m", "buy", Aggregate.Any, TimeSpan.FromHours(1))], []) { UnitsFrom = Amended };

    private static UnitMeasurement? Measure(params ExposureRow[] exposures) => UnitMeasure.Measure(View, new UnitRows([.. exposures], [new EventRow("buy", Amended + 5, 1, Amended + 6, null)], []));

    [Fact]
    public void A_unit_first_exposed_from_then_on_counts() => Assert.Equal(1, Measure(new ExposureRow(Amended, 1, ""))!.Arm);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_unit_exposed_or_held_out_before_does_not_however_often_it_is_exposed_again(int variation) =>
        Assert.Null(Measure(new ExposureRow(Amended + 2, 1, ""), new ExposureRow(Amended - 1, variation, "")));

    [Fact]
    public void A_unit_that_was_only_held_out_before_is_not_held_out_of_the_new_iteration() => Assert.Null(Measure(new ExposureRow(Amended - 1, -1, "")));

    [Fact]
    public void A_unit_that_nobody_exposed_has_its_events_as_ever() => Assert.Equal(UnitMeasurement.Unexposed, Measure()!.Arm);
}
