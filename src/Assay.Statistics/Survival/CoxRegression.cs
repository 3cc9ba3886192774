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
        var likelihood = new PartialLikelihood(table, ties);
        var (score, information) = likelihood.Derivatives(0);
        if (!(information > 0)) return Reason.NoVariance;
        if (!likelihood.HasMaximum) return new CoxRegression(Reason.NoSolution, score * score / information, 2 * likelihood.GainAtInfinity);
        var estimate = Roots.Monotone(beta => likelihood.Derivatives(beta).Score, score / information, 0.1);
        var variance = 1 / likelihood.Derivatives(estimate).Information;
        return new CoxRegression(new Estimate(estimate, variance, double.PositiveInfinity), score * score / information, 2 * likelihood.Gain(estimate));
    }

    /// <summary>The partial likelihood of one binary covariate, over the times when both arms are at risk: at others it does not depend on β.</summary>
    private sealed class PartialLikelihood
    {
        private readonly List<Term> _terms = [];
        private readonly double _controlEvents;
        private readonly double _treatmentEvents;

        public PartialLikelihood(ImmutableArray<RiskTable.Line> table, TiedEvents ties)
        {
            foreach (var line in table)
            {
                if (line.ControlAtRisk == 0 || line.TreatmentAtRisk == 0) continue;
                _controlEvents += line.ControlEvents;
                _treatmentEvents += line.TreatmentEvents;
                if (ties is TiedEvents.Breslow) _terms.Add(new Term(line.Events, line.ControlAtRisk, line.TreatmentAtRisk));
                for (long i = 0; i < line.Events && ties is TiedEvents.Efron; i++)
                {
                    var gone = i / (double)line.Events;
                    _terms.Add(new Term(1, line.ControlAtRisk - (gone * line.ControlEvents), line.TreatmentAtRisk - (gone * line.TreatmentEvents)));
                }
            }
        }

        /// <summary>Whether each arm had an event while the other was followed.</summary>
        public bool HasMaximum => _controlEvents > 0 && _treatmentEvents > 0;

        /// <summary>l(±∞) − l(0), on the side of the arm that had all the events.</summary>
        public double GainAtInfinity
        {
            get
            {
                double sum = 0;
                foreach (var term in _terms) sum += term.Events * Elementary.LogOnePlus(_controlEvents > 0 ? term.Treatment / term.Control : term.Control / term.Treatment);
                return sum;
            }
        }

        /// <summary>l(β) − l(0).</summary>
        public double Gain(double beta)
        {
            double sum = _treatmentEvents * beta, excess = Elementary.ExpMinusOne(beta);
            foreach (var term in _terms) sum -= term.Events * Elementary.LogOnePlus(term.Treatment / (term.Control + term.Treatment) * excess);
            return sum;
        }

        /// <summary>dl/dβ = Σ d_t − Σ p and −d²l/dβ² = Σ p(1 − p), where p is the treatment's share of the hazard at risk.</summary>
        public (double Score, double Information) Derivatives(double beta)
        {
            double score = _treatmentEvents, information = 0, ratio = Math.Exp(beta);
            foreach (var term in _terms)
            {
                var hazard = term.Control + (term.Treatment * ratio);
                var share = term.Treatment * ratio / hazard;
                score -= term.Events * share;
                information += term.Events * share * (term.Control / hazard);
            }

            return (score, information);
        }

        /// <summary>Events that met the same numbers of either arm at risk.</summary>
        private readonly record struct Term(double Events, double Control, double Treatment);
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
