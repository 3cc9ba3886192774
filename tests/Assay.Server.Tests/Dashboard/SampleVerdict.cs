using Assay.Analysis.Designs;
using Assay.Analysis.Health;
using Assay.Analysis.Readouts;
using Assay.Analysis.Verdicts;

namespace Assay.Server.Tests.Dashboard;

/// <summary>A verdict with everything that one can have: more reasons than are shown at once, a place for each treatment, ties, and all that one should also know.</summary>
internal static class SampleVerdict
{
    public static VerdictReadout Of(Design design, SampleRatioStatus srm, long exposed)
    {
        var status = srm == SampleRatioStatus.Alarm ? VerdictStatus.Investigate : exposed == 0 ? VerdictStatus.KeepRunning : VerdictStatus.Ship;
        var arms = design.Setup.Variations.Skip(1).Select((variation, i) => (variation.Key, Index: i + 1)).ToList();
        return new()
        {
            Status = status,
            RecommendedIndex = status == VerdictStatus.Ship ? 1 : null,
            RecommendedVariation = status == VerdictStatus.Ship ? arms[0].Key : null,
            Sentence = $"What is recommended ({status}).",
            Reasons =
            [
                .. status == VerdictStatus.Investigate ? [Reason(ReasonCodes.HealthProblem, new HealthParameters { Codes = [HealthCode.SampleRatio], Titles = ["Sample ratio"] }, "The data have a problem.")] : Array.Empty<VerdictReason>(),
                .. exposed == 0 ? [] : arms.SelectMany(arm => new[]
                {
                    Reason(ReasonCodes.GuardrailsSafe, new SafeGuardrailsParameters { Variation = arm.Key, Metrics = ["refund"] }, $"{arm.Key} keeps every guardrail."),
                    Reason(ReasonCodes.TooEarly, new MetricParameters { Variation = arm.Key, Metric = design.Metrics.Primary.Name }, $"{arm.Key} has few units yet."),
                }),
            ],
            Evidence = new() { Alpha = design.Metrics.Alpha, Hypotheses = 1, GuardrailLevel = design.Metrics.Alpha, HarmLevel = design.Metrics.Alpha, MinimumEffectPct = 0, FutilityEffectPct = design.FutilityEffectPct, Treatments = [] },
            Ranking =
            [
                .. arms.Select(arm => new RankedTreatment
                {
                    Rank = arm.Index, VariationIndex = arm.Index, VariationKey = arm.Key, Outcome = arm.Index == 1 ? status : VerdictStatus.NoWorthwhileEffect,
                    ShrunkGain = exposed == 0 ? null : 0.05 / arm.Index, TiedWith = arm.Index == 2 ? [1] : [],
                }),
            ],
            ExpectedAnswerAt = status == VerdictStatus.KeepRunning ? Samples.Now.AddDays(3) : null,
        };
    }

    public static IReadOnlyList<AlsoReadout> Also(Design design, long exposed) =>
    [
        .. design.Setup.Variations.Skip(1).Select((variation, i) => new AlsoReadout
        {
            Validity = Validity.ReferenceOnly,
            Metric = design.Metrics.Primary.Name,
            VariationIndex = i + 1,
            VariationKey = variation.Key,
            ConditionalPower = exposed == 0 ? null : new() { InformationFraction = 0.5, FinalZ = 1.96, AtTrend = 0.0004, AtMde = 0.42, IsFutileAtTrend = true, IsFutileAtMde = false },
            ReEstimate = exposed == 0 ? null : new() { UnitsPerDay = 11_000, SizeFactor = 1.2, DaysToPlan = 11.2, DaysToReEstimate = null },
            Shrunk = exposed == 0 ? null : new() { PriorStandardDeviation = 0.05, Kept = 0.8, Effect = 0.001, EffectRelative = 0.0312, CredibleRelativeLower = 0.01, CredibleRelativeUpper = 0.05 },
            FalsePositiveRisk = exposed == 0 ? null : new() { Risk = 0.103, PriorSuccessRate = 0.15, PriorSource = "policy", DecidedExperiments = null, SuccessfulExperiments = null, ChanceOfGain = 0.025, Power = 0.8 },
            Twyman = exposed == 0 ? null : new() { IsFlagged = i == 0, NearestRelative = 0.4, LimitRelative = 0.15 },
            TotalImpact = exposed == 0 ? null : new() { UnitsPerDay = 12_000, UnitsSource = "expected", PerDay = 24, PerDayLower = -3, PerDayUpper = null, PerYear = 8_760, PerYearLower = -1_095, PerYearUpper = null },
            Novelty = Novelty(exposed, i == 0),
        }),
    ];

    /// <summary>A week of ages; of the first variation the effect fades.</summary>
    private static NoveltyReadout Novelty(long exposed, bool isFading) => new()
    {
        Status = exposed == 0 ? NoveltyStatus.InsufficientData : NoveltyStatus.Ok,
        IsFlagged = isFading && exposed > 0,
        Course = isFading && exposed > 0 ? NoveltyCourse.Fading : null,
        Slope = exposed == 0 ? null : new() { PerDay = isFading ? -0.0204 : 0.001, StandardError = 0.004, CiLower = -0.03, CiUpper = -0.01, PValue = isFading ? 0.0012 : 0.6, PValueAdjusted = isFading ? 0.0024 : 0.6 },
        EarlyLessLate = exposed == 0 ? null : new() { Value = 0.07, StandardError = 0.02 },
        BandConfidence = 0.95,
        Ages =
        [
            .. Enumerable.Range(0, 7).Select(day => new AgeEffect
            {
                FromDays = day,
                ToDays = day + 1,
                ControlMean = exposed == 0 ? null : 0.04 / (day + 1),
                TreatmentMean = exposed == 0 ? null : 0.044 / (day + 1),
                Effect = exposed == 0 ? null : 0.004 / (day + 1),
                EffectRelative = exposed == 0 ? null : 0.14 - (0.02 * day),
                CiRelativeLower = exposed == 0 ? null : 0.1 - (0.02 * day),
                CiRelativeUpper = exposed == 0 ? null : 0.18 - (0.02 * day),
            }),
        ],
        ControlUnits = exposed / 2,
        TreatmentUnits = exposed / 2,
    };

    private static VerdictReason Reason(string code, ReasonParameters parameters, string sentence) => new() { Code = code, Parameters = parameters, Sentence = sentence };
}
