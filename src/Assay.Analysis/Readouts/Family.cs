using System.Collections.Immutable;
using Assay.Analysis.Designs;

namespace Assay.Analysis.Readouts;

/// <summary>Hypotheses that are corrected together: primaries × treatments, secondary metrics × treatments, or one guardrail, which stands outside every correction.</summary>
internal sealed class Family
{
    private readonly ReadoutInput _input;

    private Family(ReadoutInput input, AnalysisMethod method, bool isCorrected, ImmutableArray<Hypothesis> hypotheses) =>
        (_input, Method, IsCorrected, Hypotheses) = (input, method, isCorrected, hypotheses);

    /// <summary>The method that its decisions are made by. Looks are planned, and taken, of primaries alone: of a group-sequential design all else, other pairs of arms too, is read by the sequence that holds at every look.</summary>
    public AnalysisMethod Method { get; }

    /// <summary>Whether p-values and levels are corrected over its members.</summary>
    public bool IsCorrected { get; }

    /// <summary>Treatments against the control, by metric and arm.</summary>
    public ImmutableArray<Hypothesis> Hypotheses { get; }

    /// <summary>The metrics whose p-values meet in one correction: all primaries, all secondary metrics, or a guardrail by itself.</summary>
    public static ImmutableArray<Metric> MembersOf(MetricSet metrics, Metric metric) =>
        IsPrimary(metrics, metric) ? [metrics.Primary, .. metrics.MorePrimaries] : metrics.Secondary.Contains(metric) ? metrics.Secondary : [metric];

    /// <summary>A family: corrected by Holm, at recorded looks by Bonferroni. A p-value that cannot be read yet counts as 1, so that the correction never loosens by waiting.</summary>
    /// <param name="input">What the readout depends on.</param>
    /// <param name="metrics">The units of all of <see cref="MembersOf"/>, at least one.</param>
    public static Family Of(ReadoutInput input, ImmutableArray<MetricUnits> metrics)
    {
        var (set, split) = (input.Design.Metrics, input.Design.Setup.TrafficSplit);
        var method = input.Method == AnalysisMethod.GroupSequential && !IsPrimary(set, metrics[0].Metric) ? AnalysisMethod.AlwaysValid : input.Method;
        var isCorrected = !set.Guardrails.Contains(metrics[0].Metric);
        var size = isCorrected ? metrics.Length * Math.Max(1, split.Skip(1).Count(weight => weight > 0)) : 1;
        var hypotheses = metrics.SelectMany(metric => Treatments(metric).Select(arm => new Hypothesis(input, method, metric, 0, arm, set.Alpha / size))).ToImmutableArray();
        if (isCorrected) Correct([.. hypotheses.Where(hypothesis => split[hypothesis.Treatment] > 0)], method, set.Alpha, size);
        return new Family(input, method, isCorrected, hypotheses);
    }

    /// <summary>One metric's comparisons: treatments against the control, then the other pairs if asked for, which no family contains.</summary>
    public IReadOnlyList<ComparisonReadout> ToReadouts(MetricUnits metric)
    {
        var readouts = new List<ComparisonReadout>();
        foreach (var hypothesis in Hypotheses)
            if (hypothesis.Running.Metric == metric.Metric) readouts.Add(hypothesis.ToReadout());
        if (!_input.AllPairs) return readouts;
        foreach (var control in Treatments(metric))
            foreach (var treatment in Treatments(metric).Where(arm => arm > control))
                readouts.Add(new Hypothesis(_input, Method == AnalysisMethod.GroupSequential ? AnalysisMethod.AlwaysValid : Method, metric, control, treatment, _input.Design.Metrics.Alpha).ToReadout());
        return readouts;
    }

    /// <summary>Ok when every treatment could be compared with the control; other pairs were asked for on top and say nothing of it.</summary>
    public static ComparisonStatus Status(IReadOnlyList<ComparisonReadout> comparisons) =>
        comparisons.Where(comparison => comparison.ControlIndex == 0).All(comparison => comparison.Status == ComparisonStatus.Ok) ? ComparisonStatus.Ok : ComparisonStatus.InsufficientData;

    /// <param name="members">Without arms that the split gives nothing: they cannot be decided on, and take no share of the error rate.</param>
    /// <param name="method">The family's.</param>
    /// <param name="alpha">Its error rate.</param>
    /// <param name="size">How many share it.</param>
    private static void Correct(Hypothesis[] members, AnalysisMethod method, double alpha, int size)
    {
        double[] pValues = Array.ConvertAll(members, member => member.PValue ?? 1);

        // Looks are planned, and boundaries recorded, at each hypothesis' even share of α.
        (ImmutableArray<double> adjusted, ImmutableArray<double> levels) = method == AnalysisMethod.GroupSequential
            ? ([.. pValues.Select(p => Math.Min(1, size * p))], [.. pValues.Select(_ => alpha / size)])
            : HolmLevels.Of(pValues, alpha);
        for (var i = 0; i < members.Length; i++) (members[i].Adjusted, members[i].Level) = (adjusted[i], levels[i]);
    }

    private static bool IsPrimary(MetricSet metrics, Metric metric) => metric == metrics.Primary || metrics.MorePrimaries.Contains(metric);

    private static IEnumerable<int> Treatments(MetricUnits metric) => Enumerable.Range(1, metric.Running.Length - 1);
}
