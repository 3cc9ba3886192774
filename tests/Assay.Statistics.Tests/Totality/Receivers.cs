using CsCheck;

namespace Assay.Statistics.Tests.Totality;

/// <summary>Instances that functions are called on, and that cost too much to be made for each call.</summary>
internal static class Receivers
{
    public static Gen<SpendingFunction> Spending { get; } = Gen.OneOf(
        SpendingFunction.OBrienFleming, SpendingFunction.Pocock, SpendingFunction.KimDeMets(3), SpendingFunction.KimDeMets(0.01), SpendingFunction.HwangShihDeCani(-4), SpendingFunction.HwangShihDeCani(0), SpendingFunction.HwangShihDeCani(100));

    public static Gen<Boundaries> Bounds { get; } = Gen.OneOf(
        GroupSequential.OBrienFleming(1, 0.05), GroupSequential.OBrienFleming(3, 0.05), GroupSequential.Pocock(2, 0.01, sides: 1), GroupSequential.HaybittlePeto(4, 0.05),
        GroupSequential.Spending(SpendingFunction.OBrienFleming, [1e-4, 0.5, 1], 0.05));

    public static Gen<CalibratedMixture> Calibrated { get; } = Gen.OneOf(CalibratedMixture.Of([1], 0.05), CalibratedMixture.Of([0.25, 0.5, 1], 0.05), CalibratedMixture.Of([0.5, 1], 1e-6, 0.1));

    public static Gen<Dunnett> Dunnetts { get; } = Gen.OneOf(new Dunnett([1, 1, 1], double.PositiveInfinity), new Dunnett([10, 1, 5, 2], 7.5), new Dunnett([1, 1e9], 1, sides: 1));

    public static Gen<FutilityDesign> Futility { get; } = Gen.OneOf(
        FutilityDesign.Of(SpendingFunction.OBrienFleming, SpendingFunction.Pocock, [0.5, 1], 0.025, 0.2), FutilityDesign.Of(SpendingFunction.Pocock, SpendingFunction.OBrienFleming, [1], 0.05, 0.1, binding: true));

    public static Gen<TwoProportionSequence> TwoProportions { get; } = Gen.OneOf(
        TwoProportionSequence.Planned(0.1, 1_000, 1_000, 0.05), TwoProportionSequence.Planned(1e-6, 1e9, 10, 1e-6), TwoProportionSequence.Planned(0.999, 1, 1, 0.5));

    public static KaplanMeier Curve(Draw draw) =>
        KaplanMeier.Of(draw.Of(Gen.Select(Gen.Int[0, 5], Gen.Bool, (time, happened) => new TimeToEvent(time, happened)).Array[1, 8])).Value;

    public static RankComparison Ranks(Draw draw) => RankComparison.Of(draw.Of(Gen.Int[0, 9].Select(x => (double)x).Array[1, 6]), draw.Of(Gen.Double[-3, 3].Array[1, 6])).Value;
}
