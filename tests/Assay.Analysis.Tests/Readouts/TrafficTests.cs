using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Tests.Readouts;

public sealed class TrafficTests
{
    [Fact]
    public void A_split_that_does_not_hold_raises_an_alarm()
    {
        var srm = new Scene().Proportion(0, 1, 5000).Proportion(1, 1, 6000).Read().Srm;
        Assert.Equal((SampleRatioStatus.Alarm, true), (srm.Status, srm.IsSrm));
        Assert.True(srm.SequentialPValue <= 0.001);
        Assert.Contains("mismatch", srm.Verdict, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1e-300, 1e-300)]
    [InlineData(5e-324, 5e-324)]
    [InlineData(8e307, 8e307)]
    public void A_split_may_be_written_on_any_scale(double control, double treatment)
    {
        var (scaled, plain) = (Read([control, treatment], 5000, 5200), Read([1, 1], 5000, 5200));
        Assert.Equal(plain.SequentialPValue, scaled.SequentialPValue);
        Assert.Equal(plain.ExpectedCounts, scaled.ExpectedCounts);
    }

    [Fact]
    public void A_share_too_small_for_any_unit_is_a_share_of_0()
    {
        Assert.Equal(SampleRatioStatus.Ok, Read([1, 1, 1e-200], 50, 60).Status);
        Assert.Equal(SampleRatioStatus.InsufficientData, Read([1, 1e-200], 50, 0).Status);
        Assert.Equal((SampleRatioStatus.Alarm, false), Read([1, 1, 1e-200], 50, 60, 1) is var srm ? (srm.Status, srm.IsSrm) : default);
    }

    private static SampleRatioReadout Read(double[] split, params int[] units)
    {
        var scene = new Scene { Design = Scene.DesignOf(Scene.Metric("purchase", MetricType.Binary) with { BaselineValue = 0.042 }, split.Length), Plan = null };
        scene.Design = scene.Design with { Setup = scene.Design.Setup with { TrafficSplit = [.. split] } };
        for (var arm = 0; arm < units.Length; arm++)
            if (units[arm] > 0) scene.Proportion(arm, 0, units[arm]);
        return scene.Read().Srm;
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    public void Units_too_few_to_raise_any_alarm_are_not_said_to_fit_the_split(int control, int treatment)
    {
        // The least number of units at which all of them in the rarer arm would be an alarm.
        var enough = Enumerable.Range(1, 1000).First(units => Read(units, 0).Status == SampleRatioStatus.Alarm);
        var (few, many) = (Read(0, enough - 1), Read(enough / 2, enough - (enough / 2)));

        Assert.Equal(SampleRatioStatus.Ok, few.Status);
        Assert.StartsWith($"Too few units to say much: {enough - 1} so far", few.Verdict, StringComparison.Ordinal);
        Assert.DoesNotContain("Too few", many.Verdict, StringComparison.Ordinal);

        SampleRatioReadout Read(int first, int second)
        {
            var scene = new Scene();
            scene.Design = scene.Design with { Setup = scene.Design.Setup with { TrafficSplit = [control, treatment] } };
            if (first > 0) scene.Proportion(0, 0, first);
            if (second > 0) scene.Proportion(1, 0, second);
            return scene.Read().Srm;
        }
    }

    [Fact]
    public void Without_units_there_is_nothing_to_judge()
    {
        var srm = new Scene().Read().Srm;
        Assert.Equal(SampleRatioStatus.InsufficientData, srm.Status);
        Assert.Null(srm.PValue);
        Assert.Equal([0L, 0], srm.ObservedCounts);
    }

    [Fact]
    public void Units_in_an_arm_of_weight_zero_are_an_alarm_and_no_mismatch()
    {
        var scene = new Scene { Design = Scene.DesignOf(Scene.Metric("purchase", Analysis.Designs.MetricType.Binary), arms: 3), Plan = Scene.PlanOf(100, 100, 0) };
        scene.Design = scene.Design with { Setup = scene.Design.Setup with { TrafficSplit = [1, 1, 0] } };
        var readout = scene.Proportion(0, 1, 500).Proportion(1, 1, 500).Proportion(2, 1, 3).Read();
        Assert.Equal((SampleRatioStatus.Alarm, false), (readout.Srm.Status, readout.Srm.IsSrm));
        Assert.Equal([500.0, 500, 0], readout.Srm.ExpectedCounts);
        Assert.Equal(InferenceStatus.InsufficientData, readout.Comparisons[1].Decision.Status);
    }

    [Fact]
    public void Events_are_told_by_when_they_came()
    {
        var readout = new Scene()
            .Timing(0, new EventTiming(1, 2, 3, 0)).Timing(1, new EventTiming(4, 5, 6, 0))
            .Timing(UnitMeasurement.Holdout, new EventTiming(0, 0, 0, 7)).Timing(UnitMeasurement.Holdout, default)
            .Timing(UnitMeasurement.Unexposed, new EventTiming(0, 0, 0, 9)).Read();
        var timing = readout.EventTiming;
        Assert.Equal((5, 7, 9, 9, 7), (timing.BeforeExposure, timing.InWindow, timing.AfterWindow, timing.Unexposed, timing.Holdout));
        Assert.Equal([(0, 1, 2, 3), (1, 4, 5, 6)], timing.ByArm.Select(arm => (arm.VariationIndex, (int)arm.BeforeExposure, (int)arm.InWindow, (int)arm.AfterWindow)));
        Assert.Equal(2, readout.Population.HoldoutUsers);
    }

    [Fact]
    public void Slices_are_not_counted_twice()
    {
        var plain = new Scene().Proportion(0, 40, 980).Proportion(1, 61, 1020).Read();
        Assert.Equal(2000, plain.ExposuresTotal);
        var sliced = new MeasuredExperiment("checkout", 1, 1, null, 0, System.Collections.Immutable.ImmutableDictionary<AccumulatorKey, Accumulator>.Empty
            .Add(new AccumulatorKey(0, 0, "purchase", "country=DE", Scene.Matured), Filled()));
        var scene = new Scene();
        var readout = Readout.Analyse(new ReadoutInput(scene.Design, scene.Plan, "checkout", "running", 1, 0, sliced, [], Scene.Now, false, false));
        Assert.Equal(0, readout.ExposuresTotal);

        static Accumulator Filled()
        {
            var accumulator = new Accumulator(1);
            accumulator.Add(new MetricValue(Scene.Matured, 1, 1, 0), default, false);
            return accumulator;
        }
    }
}
