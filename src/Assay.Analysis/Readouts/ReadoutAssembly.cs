using Assay.Analysis.Health;
using Assay.Analysis.Verdicts;

namespace Assay.Analysis.Readouts;

/// <summary>Puts a readout together: units are summed once, then each block is written from them.</summary>
internal static class ReadoutAssembly
{
    public static Readout Assemble(ReadoutInput input)
    {
        var metrics = input.Design.Metrics;
        var asOf = input.Final ? long.MaxValue : Populations.Microseconds(input.AsOf);
        var units = ExperimentUnits.Sum(input.Design, input.Measured, asOf);
        var primary = units[metrics.Primary];
        var population = Populations.Of(input, primary, units);
        var comparisons = Family.Of(input, [primary, .. metrics.MorePrimaries.Select(metric => units[metric])]);
        var secondary = metrics.Secondary.IsEmpty ? null : Family.Of(input, [.. metrics.Secondary.Select(metric => units[metric])]);
        var guardrails = metrics.Guardrails.Select(metric => Guardrail(input, units[metric], units)).ToList();
        var sampleRatio = SampleRatios.Judge([.. primary.Running.Select(arm => arm.Count)], input.Design.Setup.TrafficSplit);
        var segments = Segments.Describe(input.Design, input.Measured, asOf);
        var first = comparisons.ToReadouts(primary);
        var primaries = metrics.MorePrimaries.Select(metric => Read(input, units[metric], units, comparisons)).ToList();
        var sequential = Progress.Measure(input, primary.Exposed, comparisons.Hypotheses);
        var basis = new DecisionBasis(
            input,
            [new PrimaryBlock(metrics.Primary, first), .. metrics.MorePrimaries.Zip(primaries, (metric, block) => new PrimaryBlock(metric, block.Comparisons))],
            guardrails,
            sequential,
            HealthChecks.Judge(input, units, sampleRatio, segments));
        var arrivals = new Arrivals(basis);
        var forecast = Forecast.Of(basis, arrivals);
        return new Readout
        {
            ExperimentId = input.ExperimentId,
            Status = input.Status,
            Iteration = input.Iteration,
            Epoch = input.Epoch,
            AsOf = input.AsOf,
            Watermark = input.Final ? null : input.Measured.Watermark,
            LastEventAt = Populations.Time(input.Measured.LastEventAt),
            FirstMaturityAt = population.FirstMaturityAt,
            MetricType = metrics.Primary.Type,
            PrimaryMetricName = metrics.Primary.Name,
            Direction = metrics.Primary.Direction,
            ExposuresTotal = primary.Exposed,
            ConversionsTotal = primary.Conversions,
            Disclaimer = Disclaimers.Of(input),
            Srm = sampleRatio,
            Comparisons = first,
            Sequential = sequential,
            Cuped = Adjustments.Adjust(input.Design, primary),
            Primaries = primaries,
            Secondary = secondary is null ? [] : [.. metrics.Secondary.Select(metric => Read(input, units[metric], units, secondary))],
            Guardrails = new GuardrailsReadout { Status = Status(guardrails), Metrics = guardrails },
            EventTiming = Populations.Timing(units),
            Population = population,
            Segments = segments,
            Health = basis.Health,
            Verdict = Judgement.Of(basis, arrivals, forecast),
            Also = Also.Of(basis, arrivals, forecast),
        };
    }

    private static MetricReadout Read(ReadoutInput input, MetricUnits metric, ExperimentUnits units, Family family)
    {
        var comparisons = family.ToReadouts(metric);
        return new MetricReadout
        {
            Name = metric.Metric.Name,
            MetricType = metric.Metric.Type,
            Direction = metric.Metric.Direction,
            Status = Family.Status(comparisons),
            ExposuresTotal = metric.Exposed,
            ConversionsTotal = metric.Conversions,
            Population = Populations.Of(input, metric, units),
            Comparisons = comparisons,
            Cuped = Adjustments.Adjust(input.Design, metric),
        };
    }

    private static GuardrailReadout Guardrail(ReadoutInput input, MetricUnits metric, ExperimentUnits units)
    {
        var family = Family.Of(input, [metric]);
        var comparisons = family.ToReadouts(metric);
        var members = family.Hypotheses.Select(hypothesis => Guardrails.Judge(input, hypothesis.Completed)).ToList();
        return new GuardrailReadout
        {
            Name = metric.Metric.Name,
            MetricType = metric.Metric.Type,
            Direction = metric.Metric.Direction,
            MarginPct = metric.Metric.NonInferiorityMarginPct ?? 0,
            State = Guardrails.Worst(members.Select(member => member.State)),
            Status = Family.Status(comparisons),
            ExposuresTotal = metric.Exposed,
            ConversionsTotal = metric.Conversions,
            Population = Populations.Of(input, metric, units),
            Comparisons = comparisons,
            Cuped = Adjustments.Adjust(input.Design, metric),
            NonInferiority = members,
        };
    }

    private static GuardrailsStatus Status(List<GuardrailReadout> guardrails) =>
        guardrails.Count == 0 ? GuardrailsStatus.Unavailable : Guardrails.Worst(guardrails.Select(guardrail => guardrail.State)) switch
        {
            GuardrailState.Safe => GuardrailsStatus.Safe,
            GuardrailState.Harm => GuardrailsStatus.Harm,
            _ => GuardrailsStatus.Unknown,
        };
}
