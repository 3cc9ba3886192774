using System.Collections.Immutable;
using Assay.Analysis.Calibration.Beliefs;
using Assay.Analysis.Calibration.Coverage;
using Assay.Analysis.Calibration.Families;
using Assay.Analysis.Calibration.Peeking;
using Assay.Analysis.Calibration.Plans;
using Assay.Analysis.Calibration.Stopping;

namespace Assay.Analysis.Calibration;

/// <summary>The one list of everything that is calibrated.</summary>
public static class CalibrationStudies
{
    internal static ImmutableArray<Simulation> Simulations { get; } =
    [
        .. PeekingStudies.All,
        .. NaiveStudies.All,
        .. FlatStudies.All,
        .. UnevenStudies.All,
        .. ExactStudies.All,
        .. SequenceStudies.All,
        .. ReadoutStudies.All,
        .. LookTakingStudies.All,
        .. NoveltyStudies.All,
        .. GuardrailStudies.All,
        .. SampleRatioStudies.All,
        .. SimultaneousStudies.All,
        .. SequenceIntervalStudies.All,
        .. BoundaryStudies.All,
        .. StoppedStudies.All,
        .. ForecastStudies.All,
        .. ProportionStudies.All,
        .. CountStudies.All,
        .. MeanStudies.All,
        .. LiftStudies.All,
        .. RatioStudies.All,
        .. QuantileStudies.All,
        .. SurvivalStudies.All,
        .. SwitchbackStudies.All,
        .. CovariateStudies.All,
        .. StrataStudies.All,
        .. MarginStudies.All,
        .. MultiplicityStudies.All,
        .. DunnettStudies.All,
        .. GraphStudies.All,
        .. ClusterStudies.All,
        .. RankStudies.All,
        .. PosteriorStudies.All,
        .. WinnerStudies.All,
        .. BanditStudies.All,
        .. EfficiencyStudies.All,
        .. LookStudies.All,
        .. SizeStudies.All,
        .. PricingStudies.All,
    ];

    /// <summary>Every study.</summary>
    public static ImmutableArray<Study> All { get; } = [.. Simulations.SelectMany(simulation => simulation.Studies)];
}
