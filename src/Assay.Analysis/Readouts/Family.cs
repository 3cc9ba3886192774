using System.Collections.Immutable;
using Assay.Analysis.Designs;

namespace Assay.Analysis.Readouts;

/// <summary>Hypotheses that are corrected together: primaries × treatments, or one metric that informs and stands outside the correction.</summary>
internal sealed class Family
{
    private readonly ReadoutInput _input;

    private Family(ReadoutInput input, ImmutableArray<Hypothesis> hypotheses)
    {
        _input = input;
        Hypotheses = hypotheses;
    }

    /// <summary>Treatments against the control, by metric and arm.</summary>
    public ImmutableArray<Hypothesis> Hypotheses { get; }

    /// <summary>The primary family, corrected by Holm, at recorded looks by Bonferroni. A p-value that cannot be read yet counts as 1, so that the correction never loosens by waiting.</summary>
    public static Family Of(ReadoutInput input, ImmutableArray<MetricUnits> primaries)
    {
        var split = input.Design.Setup.TrafficSplit;
        var alpha = input.Design.Metrics.Alpha;
        var size = primaries.Length * Math.Max(1, split.Skip(1).Count(weight => weight > 0));
        var hypotheses = primaries.SelectMany(metric => Treatments(metric).Select(arm => new Hypothesis(input, metric, 0, arm, alpha / size))).ToImmutableArray();

        // An arm that the split gives nothing cannot be decided on, and takes no share of the error rate.
        var members = hypotheses.Where(hypothesis => split[hypothesis.Treatment] > 0).ToArray();
        double[] pValues = Array.ConvertAll(members, member => member.PValue ?? 1);
        if (input.Method == AnalysisMethod.GroupSequential)
        {
            // Looks are planned, and boundaries recorded, at each hypothesis' even share of α.
            for (var i = 0; i < members.Length; i++) (members[i].Adjusted, members[i].Level) = (Math.Min(1, size * pValues[i]), alpha / size);
            return new Family(input, hypotheses);
        }

        var (adjusted, levels) = HolmLevels.Of(pValues, alpha);
        for (var i = 0; i < members.Length; i++) (members[i].Adjusted, members[i].Level) = (adjusted[i], levels[i]);
        return new Family(input, hypotheses);
    }

    /// <summary>A metric that informs, each comparison at α.</summary>
    public static Family Alone(ReadoutInput input, MetricUnits metric) =>
        new(input, [.. Treatments(metric).Select(arm => new Hypothesis(input, metric, 0, arm, input.Design.Metrics.Alpha))]);

    /// <summary>One metric's comparisons: treatments against the control, then the other pairs if asked for, which no family contains.</summary>
    public IReadOnlyList<ComparisonReadout> ToReadouts(MetricUnits metric)
    {
        var readouts = new List<ComparisonReadout>();
        foreach (var hypothesis in Hypotheses)
            if (hypothesis.Running.Metric == metric.Metric) readouts.Add(hypothesis.ToReadout());
        if (!_input.AllPairs) return readouts;
        foreach (var control in Treatments(metric))
            foreach (var treatment in Treatments(metric).Where(arm => arm > control))
                readouts.Add(new Hypothesis(_input, metric, control, treatment, _input.Design.Metrics.Alpha).ToReadout());
        return readouts;
    }

    /// <summary>Ok when every treatment could be compared with the control; other pairs were asked for on top and say nothing of it.</summary>
    public static ComparisonStatus Status(IReadOnlyList<ComparisonReadout> comparisons) =>
        comparisons.Where(comparison => comparison.ControlIndex == 0).All(comparison => comparison.Status == ComparisonStatus.Ok) ? ComparisonStatus.Ok : ComparisonStatus.InsufficientData;

    private static IEnumerable<int> Treatments(MetricUnits metric) => Enumerable.Range(1, metric.Running.Length - 1);
}
