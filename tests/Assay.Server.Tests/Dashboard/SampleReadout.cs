using Assay.Analysis.Designs;
using Assay.Analysis.Health;
using Assay.Analysis.Readouts;

namespace Assay.Server.Tests.Dashboard;

/// <summary>A readout around given relative effects.</summary>
internal static class SampleReadout
{
    public static Readout Of(Design design, IReadOnlyList<EffectShape> shapes, long exposed, long completed, double baseline, SampleRatioStatus srm, IReadOnlyList<GuardrailState> guardrails)
    {
        var arms = design.Setup.Variations.Length;
        var population = Population(arms, exposed, completed);
        var primary = design.Constraints.Analysis;
        var other = primary == AnalysisMethod.GroupSequential ? AnalysisMethod.AlwaysValid : primary;
        IReadOnlyList<ComparisonReadout> Comparisons(AnalysisMethod method, MetricType type, Direction direction, double scale) =>
            [.. shapes.Select((shape, index) => Comparison(design, method, type, direction, index + 1, shape, exposed / arms, completed / arms, baseline * scale))];

        return new()
        {
            ExperimentId = design.Key,
            Status = "running",
            Iteration = 1,
            Epoch = 1,
            AsOf = Samples.Now,
            Watermark = 184_467,
            LastEventAt = exposed == 0 ? null : Samples.Now.AddSeconds(-1),
            FirstMaturityAt = population.FirstMaturityAt,
            MetricType = design.Metrics.Primary.Type,
            PrimaryMetricName = design.Metrics.Primary.Name,
            Direction = design.Metrics.Primary.Direction,
            ExposuresTotal = exposed,
            ConversionsTotal = exposed / 25,
            Disclaimer = "Only the decision may be acted on.",
            Health = Health(arms, srm),
            Srm = SampleRatio(arms, exposed, srm),
            Comparisons = Comparisons(primary, design.Metrics.Primary.Type, design.Metrics.Primary.Direction, 1),
            Sequential = Sequential(design, arms, exposed, completed),
            Cuped = Cuped(shapes),
            Primaries = [],
            Secondary = [.. design.Metrics.Secondary.Select(metric => new MetricReadout
            {
                Name = metric.Name, MetricType = metric.Type, Direction = metric.Direction, Status = ComparisonStatus.Ok, ExposuresTotal = exposed, ConversionsTotal = exposed / 20,
                Population = population, Comparisons = Comparisons(other, metric.Type, metric.Direction, 250), Cuped = NoCuped,
            })],
            Guardrails = new() { Status = Worst(guardrails), Metrics = [.. guardrails.Select((state, index) => Guardrail(state, index, population, Comparisons(other, MetricType.Binary, Direction.Decrease, 0.2)))] },
            Verdict = SampleVerdict.Of(design, srm, exposed),
            Also = SampleVerdict.Also(design, exposed),
            Segments = Segments(design, exposed),
            EventTiming = Timing(arms, exposed),
            Population = population,
        };
    }

    /// <summary>Every check, with evidence of every arm where there is such.</summary>
    private static HealthReadout Health(int arms, SampleRatioStatus srm)
    {
        var isAlarm = srm == SampleRatioStatus.Alarm;
        return new() { Status = isAlarm ? HealthStatus.Problem : HealthStatus.Watch, Checks = [.. Enum.GetValues<HealthCode>().Select(Check)] };

        HealthCheck Check(HealthCode code)
        {
            var status = code switch
            {
                HealthCode.SampleRatio => isAlarm ? HealthCheckStatus.Problem : HealthCheckStatus.Ok,
                HealthCode.Traffic => HealthCheckStatus.Watch,
                HealthCode.RefusedExposures => HealthCheckStatus.Unknown,
                HealthCode.PrePeriodBalance => HealthCheckStatus.NotApplicable,
                _ => HealthCheckStatus.Ok,
            };
            return new()
            {
                Code = code,
                Status = status,
                Title = $"About {code}",
                Detail = $"What was found of {code}, told in a sentence that is about as long as such sentences are when they have numbers in them.",
                Action = status >= HealthCheckStatus.Watch ? $"Mend {code}." : null,
                Evidence = Evidence(code),
            };
        }

        HealthEvidence? Evidence(HealthCode code) => code switch
        {
            HealthCode.SampleRatio => new SampleRatioEvidence
            {
                Level = 0.001,
                ExpectedShares = [.. Enumerable.Repeat(1.0 / arms, arms)],
                StartsAt = isAlarm ? HealthStage.Exposed : null,
                DaysJudged = 8,
                SegmentValuesJudged = 0,
                Stages = [.. Enum.GetValues<HealthStage>().Select(stage => new SampleRatioStage { Stage = stage, Counts = Zeros(arms), SequentialPValue = isAlarm ? 1e-55 : 1 })],
                Slices = isAlarm ? [new() { Day = new DateOnly(2026, 3, 8), Attribute = null, Value = null, Counts = [10, 120], PValueAdjusted = 1e-9 }] : [],
            },
            HealthCode.Crossovers or HealthCode.RefusedExposures or HealthCode.DuplicateExposures or HealthCode.EarlyEvents or HealthCode.AfterWindowEvents or HealthCode.LateArrivals => new ArmRatesEvidence
            {
                Arms = [.. Enumerable.Range(0, arms).Select(arm => new ArmRate { VariationIndex = arm, Count = 17, Of = 12_345, Rate = 17 / 12_345.0 })],
                RateLimit = 0.01,
                PValue = 0.6,
                Level = 0.001,
                Days = 8,
            },
            HealthCode.UnexposedEvents or HealthCode.RearmedUnits => new ShareEvidence { Count = 3, Of = 2_000, Share = 0.0015, Limit = 0.01 },
            HealthCode.SilentMetrics => new SilentMetricsEvidence { ExpectedLimit = 20, MetricsJudged = 4, Metrics = [] },
            HealthCode.DataFreshness => new FreshnessEvidence { LastEventAt = Samples.Now, SilentHours = 1, UsualPerDay = 12_000, ExpectedSince = 500 },
            HealthCode.Traffic => new TrafficEvidence { PlannedPerDay = 12_000, MeasuredPerDay = 7_000, Ratio = 7.0 / 12, Limit = 0.8, Days = 8.5 },
            HealthCode.Duration => new DurationEvidence { Days = 8.5, PlannedDays = 20, Completed = 40_000, PlannedUnits = 304_000 },
            HealthCode.Baseline or HealthCode.Variance => new PlanDriftEvidence { Limit = 0.2, Metrics = [new() { Metric = "purchase", Planned = 0.04, Measured = 0.041, Ratio = 1.025, IsFar = false }] },
            HealthCode.ConcurrentAssignment => new AssignmentEvidence { Seed = "checkout-redesign", HashVersion = 2 },
            _ => null,
        };
    }

    private static CupedReadout NoCuped => new() { Status = CupedStatus.NotApplicable, VarianceReduction = null, Coverage = null, Comparisons = [] };

    private static ComparisonReadout Comparison(Design design, AnalysisMethod method, MetricType type, Direction direction, int treatment, EffectShape shape, long exposed, long completed, double baseline)
    {
        var absolute = shape.Effect * baseline;
        var decided = shape.Status == InferenceStatus.Ok;
        var significant = decided && shape is { Low: > 0 } or { High: < 0 };
        ArmReadout Arm(int index, long units, double? mean) => new() { VariationIndex = index, VariationKey = design.Setup.Variations[index].Key, ExposedUsers = units, ConvertedUsers = (long)(units * 0.042), Mean = units == 0 ? null : mean, Std = units < 2 ? null : baseline * 4.8 };
        return new()
        {
            ControlIndex = 0,
            TreatmentIndex = treatment,
            Status = exposed > 1 ? ComparisonStatus.Ok : ComparisonStatus.InsufficientData,
            Control = Arm(0, exposed, baseline),
            Treatment = Arm(treatment, exposed, baseline * (1 + (shape.Effect ?? 0.1))),
            Analysis = Fixed(type, exposed > 1 ? new(shape.Effect + 0.004 ?? 0.01, shape.Low + 0.008 ?? -0.04, shape.High ?? 0.06, InferenceStatus.Ok) : new(null, null, null, InferenceStatus.InsufficientData), baseline),
            Bayesian = new() { Validity = Validity.ReferenceOnly, ProbabilityTreatmentBeatsControl = 0.97, ProbabilityTreatmentBetter = direction == Direction.Increase ? 0.97 : 0.03, ExpectedLossControl = 0.001, ExpectedLossTreatment = 0.0001, CredibleLower = absolute, CredibleUpper = absolute },
            ProbabilityTreatmentBeatsControl = 0.97,
            Completed = new() { Control = Arm(0, completed, baseline), Treatment = Arm(treatment, completed, baseline * (1 + (shape.Effect ?? 0.1))), Effect = absolute, EffectRelative = shape.Effect },
            AlwaysValid = new() { Validity = Validity.AnyLook, Method = AlwaysValidMethod.NormalMixture, Status = shape.Status, PValue = decided ? 0.004 : null, CiLower = shape.Low * baseline, CiUpper = shape.High * baseline, IsSignificant = significant, MixtureVariance = 1e-6 },
            Decision = new()
            {
                Method = method,
                Validity = method switch { AnalysisMethod.AlwaysValid => Validity.AnyLook, AnalysisMethod.Bayesian => Validity.ReferenceOnly, _ => Validity.AtPlannedSize },
                Status = shape.Status,
                PValue = decided ? significant ? 0.004 : 0.371 : null,
                PValueAdjusted = decided ? significant ? 0.0004 : 0.371 : null,
                CiLower = shape.Low * baseline,
                CiUpper = shape.High * baseline,
                CiRelativeLower = shape.Low,
                CiRelativeUpper = shape.High,
                IsSignificant = significant,
            },
            SequentialSignificant = significant,
        };
    }

    private static FixedAnalysis Fixed(MetricType type, EffectShape shape, double baseline) => new()
    {
        Validity = Validity.ReferenceOnly,
        Method = type == MetricType.Binary ? FixedMethod.TwoProportionZ : FixedMethod.WelchT,
        Effect = shape.Effect * baseline,
        EffectRelative = shape.Effect,
        StandardError = 0.001,
        CiLevel = 0.95,
        CiLower = shape.Low * baseline,
        CiUpper = shape.High * baseline,
        CiRelativeLower = shape.Low,
        CiRelativeUpper = shape.High,
        TestStatistic = 2.1,
        PValue = 0.03,
        IsSignificant = true,
    };

    private static PopulationReadout Population(int arms, long exposed, long completed) => new()
    {
        Exposed = exposed,
        Completed = completed,
        FirstMaturityAt = exposed == 0 ? null : completed == 0 ? Samples.Now.AddHours(9) : Samples.Now.AddDays(-5),
        Crossovers = Zeros(arms),
        LateArrivals = Zeros(arms),
        Rearmed = 0,
        HoldoutUsers = 0,
        ExcludedUsers = 0,
    };

    private static long[] Zeros(int arms) => new long[arms];

    private static SampleRatioReadout SampleRatio(int arms, long exposed, SampleRatioStatus status)
    {
        var fair = exposed / (double)arms;
        var skew = status == SampleRatioStatus.Alarm ? fair * 0.08 : Math.Sqrt(fair) * 0.3;
        var alarm = status == SampleRatioStatus.Alarm;
        return new()
        {
            Status = exposed == 0 ? SampleRatioStatus.InsufficientData : status,
            ChiSquare = alarm ? 294.4 : 0.8,
            PValue = alarm ? 1e-60 : 0.371,
            SequentialPValue = alarm ? 1e-55 : 1,
            IsSrm = alarm,
            ObservedCounts = [.. Enumerable.Range(0, arms).Select(index => (long)(fair + (index == 0 ? -skew : skew / (arms - 1))))],
            ExpectedCounts = [.. Enumerable.Repeat(fair, arms)],
            Verdict = exposed == 0 ? "No unit has been exposed yet." : alarm ? "The counts do not fit the split 1:1: find the cause before reading any result." : "The counts fit the split.",
        };
    }

    private static SequentialReadout Sequential(Design design, int arms, long exposed, long completed) => new()
    {
        Status = SequentialStatus.FixedHorizon,
        NLooks = design.Constraints.NLooks,
        PlannedSampleSizePerVariant = 146_642,
        PlannedSampleSizes = [.. Enumerable.Repeat(152_000L, arms)],
        TotalExposed = exposed,
        InformationFraction = completed / (152_000.0 * arms),
        CurrentBoundaryZ = null,
        AlphaSpent = 0,
        Comparisons = [],
        Looks = [],
    };

    private static CupedReadout Cuped(IReadOnlyList<EffectShape> shapes) => shapes is [{ Status: InferenceStatus.Ok }, ..]
        ? new()
        {
            Status = CupedStatus.Available,
            VarianceReduction = 0.31,
            Coverage = 0.88,
            Comparisons = [.. shapes.Select((shape, index) => new CupedComparison { TreatmentIndex = index + 1, Status = ComparisonStatus.Ok, Theta = [0.4, 0.1], Analysis = Fixed(MetricType.Binary, shape, 0.04) with { Method = FixedMethod.CupedT } })],
        }
        : NoCuped with { Status = CupedStatus.Unavailable };

    private static GuardrailReadout Guardrail(GuardrailState state, int index, PopulationReadout population, IReadOnlyList<ComparisonReadout> comparisons) => new()
    {
        Name = index == 0 ? "refund" : $"guardrail-{index}",
        MetricType = MetricType.Binary,
        Direction = Direction.Decrease,
        MarginPct = 10,
        State = state,
        Status = ComparisonStatus.Ok,
        ExposuresTotal = population.Exposed,
        ConversionsTotal = 40,
        Population = population,
        Comparisons = comparisons,
        Cuped = NoCuped,
        NonInferiority = [.. comparisons.Select(comparison => new NonInferiorityReadout { TreatmentIndex = comparison.TreatmentIndex, State = state, Validity = Validity.AnyLook, Status = InferenceStatus.Ok, Slack = 0.001, SlackLower = 0.0002, HarmCiLower = -0.001, HarmCiUpper = 0.001 })],
    };

    private static GuardrailsStatus Worst(IReadOnlyList<GuardrailState> states) => states switch
    {
        [] => GuardrailsStatus.Unavailable,
        _ when states.Contains(GuardrailState.Harm) => GuardrailsStatus.Harm,
        _ when states.Contains(GuardrailState.Unknown) => GuardrailsStatus.Unknown,
        _ => GuardrailsStatus.Safe,
    };

    /// <summary>The first value has most of the units, the last, which is none, has nobody.</summary>
    private static SegmentsReadout Segments(Design design, long exposed)
    {
        IReadOnlyList<ArmReadout> Arms(long units) => [.. design.Setup.Variations.Select((variation, arm) => new ArmReadout
        {
            VariationIndex = arm, VariationKey = variation.Key, ExposedUsers = units, ConvertedUsers = units / 25, Mean = units == 0 ? null : 0.04 + (0.01 * arm), Std = null,
        })];
        SliceReadout Slice(string value, int index, int values)
        {
            var units = index == values - 1 ? 0 : exposed / design.Setup.Variations.Length / (2 << index);
            return new() { Value = value, Exposed = units * design.Setup.Variations.Length, Completed = 0, Arms = Arms(units), CompletedArms = Arms(0) };
        }

        return new()
        {
            Validity = Validity.ReferenceOnly,
            Attributes = [.. design.Setup.Segments.Select(segment => new SegmentReadout
            {
                Attribute = segment.Attribute,
                Values = [.. segment.Values.Append("other").Append("none").Select((value, index) => Slice(value, index, segment.Values.Length + 2))],
            })],
        };
    }

    private static EventTimingReadout Timing(int arms, long exposed) => new()
    {
        InWindow = exposed / 20,
        BeforeExposure = exposed / 200,
        AfterWindow = exposed / 90,
        Unexposed = exposed / 400,
        Holdout = 0,
        ByArm = [.. Enumerable.Range(0, arms).Select(arm => new ArmEventTiming { VariationIndex = arm, InWindow = exposed / 20 / arms, BeforeExposure = exposed / 200 / arms, AfterWindow = exposed / 90 / arms })],
    };
}
