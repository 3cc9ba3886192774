using System.Collections.Immutable;
using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>The ratio of the hazards of two arms, assumed constant in time (Cox 1972).</summary>
/// <param name="LogHazardRatio">ln of treatment's hazard over control's with its Wald variance; <see cref="Reason.NoSolution"/> when the likelihood has no maximum, since one arm always had the events.</param>
/// <param name="Score">U(0)² ÷ I(0), χ² with one degree of freedom.</param>
/// <param name="LikelihoodRatio">2(l(β̂) − l(0)), χ² with one degree of freedom; at an infinite β̂ its limit.</param>
public sealed record CoxRegression(Outcome<Estimate> LogHazardRatio, double Score, double LikelihoodRatio)
{
    /// <summary>Fits the ratio by maximum partial likelihood.</summary>
    /// <returns><see cref="Reason.NoUnits"/> when an arm is empty, <see cref="Reason.NoVariance"/> when no event happened while both arms were followed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A time that is negative or not finite.</exception>
    public static Outcome<CoxRegression> Of(ReadOnlySpan<TimeToEvent> control, ReadOnlySpan<TimeToEvent> treatment, TiedEvents ties = TiedEvents.Efron)
    {
        var table = RiskTable.Of(control, treatment);
        if (control.IsEmpty || treatment.IsEmpty) return Reason.NoUnits;
        var likelihood = new PartialLikelihood([.. table.Where(line => line.ControlAtRisk > 0 && line.TreatmentAtRisk > 0)], ties);
        var (score, information) = likelihood.Derivatives(0);
        if (!(information > 0)) return Reason.NoVariance;
        if (!likelihood.HasMaximum) return new CoxRegression(Reason.NoSolution, score * score / information, 2 * likelihood.GainAtInfinity);
        var estimate = Roots.Monotone(beta => likelihood.Derivatives(beta).Score, score / information, 0.1);
        var variance = 1 / likelihood.Derivatives(estimate).Information;
        return new CoxRegression(new Estimate(estimate, variance, double.PositiveInfinity), score * score / information, 2 * likelihood.Gain(estimate));
    }

    /// <summary>The partial likelihood of one binary covariate, over the times when both arms are at risk: at others it does not depend on β.</summary>
    private sealed class PartialLikelihood(ImmutableArray<RiskTable.Line> table, TiedEvents ties)
    {
        /// <summary>Whether each arm had an event while the other was followed.</summary>
        public bool HasMaximum => table.Any(line => line.ControlEvents > 0) && table.Any(line => line.TreatmentEvents > 0);

        /// <summary>l(±∞) − l(0), on the side of the arm that had all the events.</summary>
        public double GainAtInfinity
        {
            get
            {
                double sum = 0;
                foreach (var (line, control, treatment) in Terms()) sum += Math.Log((control + treatment) / (line.ControlEvents > 0 ? control : treatment));
                return sum;
            }
        }

        /// <summary>l(β) − l(0).</summary>
        public double Gain(double beta)
        {
            double sum = 0, excess = Elementary.ExpMinusOne(beta);
            foreach (var line in table) sum += line.TreatmentEvents * beta;
            foreach (var (_, control, treatment) in Terms()) sum -= Elementary.LogOnePlus(treatment * excess / (control + treatment));
            return sum;
        }

        /// <summary>dl/dβ = Σ d_t − Σ p and −d²l/dβ² = Σ p(1 − p), where p is the treatment's share of the hazard at risk.</summary>
        public (double Score, double Information) Derivatives(double beta)
        {
            double score = 0, information = 0, ratio = Math.Exp(beta);
            foreach (var line in table) score += line.TreatmentEvents;
            foreach (var (_, control, treatment) in Terms())
            {
                var share = treatment * ratio / (control + (treatment * ratio));
                score -= share;
                information += share * (control / (control + (treatment * ratio)));
            }

            return (score, information);
        }

        /// <summary>One term an event: its line and the numbers of either arm at risk.</summary>
        private IEnumerable<(RiskTable.Line Line, double Control, double Treatment)> Terms()
        {
            foreach (var line in table)
            {
                for (long i = 0; i < line.Events; i++)
                {
                    var gone = ties is TiedEvents.Efron ? i / (double)line.Events : 0;
                    yield return (line, line.ControlAtRisk - (gone * line.ControlEvents), line.TreatmentAtRisk - (gone * line.TreatmentEvents));
                }
            }
        }
    }
}

/// <summary>How the partial likelihood treats events that happened at one time.</summary>
public enum TiedEvents
{
    /// <summary>Efron (1977): the risk set shrinks by the mean of the tied units from one to the next; the better approximation.</summary>
    Efron,

    /// <summary>Breslow (1974): all tied events meet the full risk set.</summary>
    Breslow,
}
