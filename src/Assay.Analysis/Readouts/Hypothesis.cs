using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Statistics;

namespace Assay.Analysis.Readouts;

/// <summary>One comparison of two arms on one metric, before and after its p-value has met the rest of its family.</summary>
internal sealed class Hypothesis
{
    private readonly ReadoutInput _input;
    private readonly double _alpha;
    private AnyLookTest? _anyLook;
    private Inference? _atAlpha;
    private LookInference? _atLooks;

    /// <summary>A hypothesis.</summary>
    /// <param name="input">What the readout depends on.</param>
    /// <param name="method">The method that its family is decided by.</param>
    /// <param name="units">The metric's units.</param>
    /// <param name="control">Index of the arm compared against.</param>
    /// <param name="treatment">Index of the arm compared.</param>
    /// <param name="tuning">The level that its sequence is tuned to and its looks are planned at: α over the size of its family.</param>
    public Hypothesis(ReadoutInput input, AnalysisMethod method, MetricUnits units, int control, int treatment, double tuning)
    {
        _input = input;
        Method = method;
        _alpha = input.Design.Metrics.Alpha;
        Tuning = tuning;
        Running = new Pair(units.Metric, units.Running[control], units.Running[treatment]);
        Completed = new Pair(units.Metric, units.Completed[control], units.Completed[treatment]);
        Planned = input.Final ? Completed : Method == AnalysisMethod.FixedHorizon ? PlannedLook.Recorded(input, units.Metric, control, treatment) ?? AtPlannedSize(units, control, treatment, input.Sizes) : null;
        Level = _alpha;
    }

    /// <summary>The method that it is decided by.</summary>
    public AnalysisMethod Method { get; }

    public Pair Running { get; }

    public Pair Completed { get; }

    /// <summary>
    /// What a fixed test is read on, once: the units that matured until both arms had their planned sizes, which later ones do not move, and as its look has recorded them. Null before that.
    /// A data file is read on all of its units.
    /// </summary>
    public Pair? Planned { get; }

    public int Treatment => Running.Treatment.Arm;

    /// <summary>The level that its sequence is tuned to and its looks are planned at.</summary>
    public double Tuning { get; }

    /// <summary>Whether both arms have a share of the traffic: an arm without one stands outside every correction, and nothing is decided on it.</summary>
    public bool IsDecidable => _input.Design.Setup.TrafficSplit[Running.Control.Arm] > 0 && _input.Design.Setup.TrafficSplit[Treatment] > 0;

    /// <summary>p-value after the family's correction; the hypothesis' own when it stands alone.</summary>
    public double? Adjusted { get; set; }

    /// <summary>The level of its interval.</summary>
    public double Level { get; set; }

    /// <summary>The p-value of the declared method before correction, or null while there is none to read.</summary>
    public double? PValue => Method switch
    {
        AnalysisMethod.AlwaysValid => AtAlpha?.PValue,
        AnalysisMethod.GroupSequential => AtLooks?.PValue,
        AnalysisMethod.FixedHorizon when Planned is { } planned && planned.Test(_alpha).TryGet(out var test) => test.PValue,
        _ => null,
    };

    /// <summary>The sequence on completed units at the uncorrected α.</summary>
    public AlwaysValidReadout AlwaysValid => AnyLook.ToReadout(AtAlpha, _alpha);

    public ComparisonReadout ToReadout()
    {
        var bayesian = FixedTests.Believe(Running, _alpha);
        var analysis = FixedTests.Analyse(Running, _alpha);
        var decision = Decide();
        return new ComparisonReadout
        {
            ControlIndex = Running.Control.Arm,
            TreatmentIndex = Treatment,
            Status = analysis.PValue is null ? ComparisonStatus.InsufficientData : ComparisonStatus.Ok,
            Control = Running.Control.ToReadout(_input.Design),
            Treatment = Running.Treatment.ToReadout(_input.Design),
            Analysis = analysis,
            Bayesian = bayesian,
            ProbabilityTreatmentBeatsControl = bayesian.ProbabilityTreatmentBeatsControl,
            Completed = new CompletedReadout
            {
                Control = Completed.Control.ToReadout(_input.Design),
                Treatment = Completed.Treatment.ToReadout(_input.Design),
                Effect = Completed.Difference,
                EffectRelative = Completed.RelativeDifference,
            },
            AlwaysValid = AlwaysValid,
            Decision = decision,
            SequentialSignificant = decision is { IsSignificant: true, Validity: Validity.AnyLook or Validity.AtRecordedLook },
        };
    }

    /// <summary>The test on completed units that holds at every look.</summary>
    public AnyLookTest AnyLook => _anyLook ??= AnyLookTest.Of(_input, Completed, Tuning);

    private Inference? AtAlpha => _atAlpha ??= AnyLook.At(_alpha);

    /// <summary>What the recorded looks say; null while there is none.</summary>
    public LookInference? AtLooks => _atLooks ??= LookInference.Of(_input, Completed, Tuning);

    private static Pair? AtPlannedSize(MetricUnits units, int control, int treatment, ImmutableArray<long> sizes)
    {
        if (units.ByMaturity is { } buckets)
            return buckets.Cut(control, treatment, sizes) is { } cut ? new Pair(units.Metric, buckets.Through(cut, control), buckets.Through(cut, treatment)) : null;
        var (first, second) = (units.Completed[control], units.Completed[treatment]);
        return first.Count >= sizes[control] && second.Count >= sizes[treatment] ? new Pair(units.Metric, first, second) : null;
    }

    /// <summary>What the declared method says.</summary>
    public DecisionReadout Decide() => Decided() with { CrossedAt = Running.Control.Arm == 0 ? Crossing.At(_input, Running.Metric, Treatment) : null };

    private DecisionReadout Decided() => Method switch
    {
        AnalysisMethod.AlwaysValid => Decisions.AnyLook(this, AnyLook, Level == _alpha ? AtAlpha : AnyLook.At(Level), _alpha),
        AnalysisMethod.FixedHorizon => Decisions.Fixed(this, PValue, _alpha),
        AnalysisMethod.Bayesian => Decisions.Posterior(this, _alpha),
        _ => Decisions.AtLooks(this, AtLooks, _alpha),
    };
}
