using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>How the risks of a ship decision over several metrics are shared among its tests.</summary>
/// <remarks>
/// One superior success metric is enough, so α is divided among them and among the treatments; every guardrail must pass, an intersection–union test that needs no division of α (Berger 1982) but
/// costs power: β is divided by the number of tests that must succeed together (Schultzberg, Ankargren &amp; Frånberg 2024, arXiv:2402.11609).
/// </remarks>
public sealed record RiskAllocation
{
    /// <summary>Allocates α and β.</summary>
    /// <param name="successMetrics">S ≥ 0, metrics of which one superior is enough.</param>
    /// <param name="guardrails">G ≥ 0, metrics that must all be non-inferior.</param>
    /// <param name="treatments">k ≥ 1, treatments compared with the control.</param>
    /// <param name="alpha">One-sided α of the decision, in (0, 1).</param>
    /// <param name="power">Power of the decision, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A count or a level outside its range.</exception>
    public RiskAllocation(int successMetrics, int guardrails, int treatments, double alpha, double power)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successMetrics);
        ArgumentOutOfRangeException.ThrowIfNegative(guardrails);
        ArgumentOutOfRangeException.ThrowIfLessThan(treatments, 1);
        Check.Level(alpha);
        if (!(power is >= 1e-15 and < 1)) throw new ArgumentOutOfRangeException(nameof(power), power, "Must lie strictly between 0 and 1, and not below 1e-15.");
        (SuccessMetrics, Guardrails, Treatments, Alpha, Power) = (successMetrics, guardrails, treatments, alpha, power);
    }

    /// <summary>S.</summary>
    public int SuccessMetrics { get; }

    /// <summary>G.</summary>
    public int Guardrails { get; }

    /// <summary>k.</summary>
    public int Treatments { get; }

    /// <summary>One-sided α of the decision.</summary>
    public double Alpha { get; }

    /// <summary>Power of the decision.</summary>
    public double Power { get; }

    /// <summary>Level of each superiority test, α/(S·k); undetermined without success metrics.</summary>
    public Outcome<double> SuccessLevel => SuccessMetrics > 0 ? Alpha / ((double)SuccessMetrics * Treatments) : Reason.NoSolution;

    /// <summary>Level of each non-inferiority test, α/k: never divided by G.</summary>
    public double GuardrailLevel => Alpha / Treatments;

    /// <summary>β of each test: (1 − power)/(G + 1) with success metrics, (1 − power)/max(1, G) without.</summary>
    public double TypeTwoError => (1 - Power) / (SuccessMetrics > 0 ? Guardrails + 1.0 : Math.Max(1, Guardrails));

    /// <summary>Power of each test, 1 − <see cref="TypeTwoError"/>.</summary>
    public double TestPower => 1 - TypeTwoError;

    /// <summary>The effect, in standard errors, that a superiority test must be sized for: z_{1−α/(Sk)} + z_{1−β'}.</summary>
    public Outcome<double> SuccessDistance => SuccessLevel.Select(Distance);

    /// <summary>The effect, in standard errors, that a non-inferiority test must be sized for: z_{1−α/k} + z_{1−β'}; undetermined without guardrails.</summary>
    public Outcome<double> GuardrailDistance => Guardrails > 0 ? Distance(GuardrailLevel) : Reason.NoSolution;

    /// <summary>Sample size of a superiority test over that of a single test at (α, power).</summary>
    public Outcome<double> SuccessSizeFactor => SuccessDistance.SelectMany(SizeFactor);

    /// <summary>Sample size of a non-inferiority test over that of a single test at (α, power).</summary>
    public Outcome<double> GuardrailSizeFactor => GuardrailDistance.SelectMany(SizeFactor);

    private double Distance(double level) => Normal.InverseSurvival(level) + Normal.InverseSurvival(TypeTwoError);

    private Outcome<double> SizeFactor(double distance)
    {
        var single = Normal.InverseSurvival(Alpha) + Normal.InverseSurvival(1 - Power);
        return single == 0 ? Reason.NoSolution : distance / single * (distance / single);
    }
}
