using System.Collections.Immutable;
using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>The share of units to whom nothing has happened yet, as time goes on (Kaplan &amp; Meier 1958): units exposed late count for as long as they were seen.</summary>
/// <param name="Units">Number of units.</param>
/// <param name="Steps">One a distinct time of an event, in order of time.</param>
public sealed record KaplanMeier(int Units, ImmutableArray<SurvivalStep> Steps)
{
    /// <summary>The curve of one arm.</summary>
    /// <returns><see cref="Reason.NoUnits"/> without a unit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A time that is negative or not finite.</exception>
    public static Outcome<KaplanMeier> Of(ReadOnlySpan<TimeToEvent> units)
    {
        foreach (var unit in units) Check.NonNegative(unit.Time, nameof(units));
        if (units.IsEmpty) return Reason.NoUnits;
        var steps = ImmutableArray.CreateBuilder<SurvivalStep>();
        double survival = 1, greenwood = 0, hazard = 0;
        foreach (var line in RiskTable.Of(units, []))
        {
            double atRisk = line.ControlAtRisk, events = line.ControlEvents;
            survival *= (atRisk - events) / atRisk;
            greenwood += events / (atRisk * (atRisk - events));
            hazard -= Elementary.LogOnePlus(-events / atRisk);
            steps.Add(new SurvivalStep(line.Time, line.ControlAtRisk, line.ControlEvents, survival, greenwood, hazard));
        }

        return new KaplanMeier(units.Length, steps.ToImmutable());
    }

    /// <summary>The first time at which S ≤ ½; where S stays at exactly ½ the middle of that stretch, and <see cref="Reason.NoSolution"/> when it never falls so far.</summary>
    public Outcome<double> Median
    {
        get
        {
            // A product of shares that is ½ may be off by rounding.
            const double rounding = 1e-9;
            for (var i = 0; i < Steps.Length; i++)
            {
                if (Steps[i].Survival > 0.5 + rounding) continue;
                var staysAtHalf = Steps[i].Survival > 0.5 - rounding && i + 1 < Steps.Length;
                return staysAtHalf ? (0.5 * Steps[i].Time) + (0.5 * Steps[i + 1].Time) : Steps[i].Time;
            }

            return Reason.NoSolution;
        }
    }

    /// <summary>Mean time without the event up to τ, the area under S (Royston &amp; Parmar 2013), with variance Σ_{t ≤ τ} (area from t to τ)² d ÷ (n(n − d)).</summary>
    /// <remarks>The difference of two arms is <see cref="Effect.Absolute"/>: it assumes nothing about hazards. After the last unit was seen the curve is carried on level: choose τ within the follow-up of both arms.</remarks>
    /// <param name="until">τ ≥ 0, in the unit of the times.</param>
    /// <exception cref="ArgumentOutOfRangeException">τ negative or beyond 1e150.</exception>
    public Estimate RestrictedMean(double until)
    {
        if (!(until is >= 0 and <= Check.LargestValue)) throw new ArgumentOutOfRangeException(nameof(until), until, "Must lie between 0 and 1e150.");
        double area = 0, variance = 0, end = until;
        for (var i = Steps.Length - 1; i >= 0; i--)
        {
            var step = Steps[i];
            if (step.Time > until) continue;
            area += step.Survival * (end - step.Time);
            end = step.Time;
            // Where the last unit falls there is no area left to vary.
            if (step.AtRisk > step.Events) variance += area / step.AtRisk * (area * step.Events / (step.AtRisk - step.Events));
        }

        return new Estimate(area + end, variance, double.PositiveInfinity);
    }
}
