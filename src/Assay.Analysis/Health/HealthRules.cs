namespace Assay.Analysis.Health;

/// <summary>Every number that a check goes by.</summary>
/// <remarks>
/// Tests that may find a problem: sample ratio of all units, of days and segments together, crossovers, refused exposures, early events and covariates. Each finds one in a sound experiment
/// with probability <see cref="ProblemLevel"/> at most over its whole life, however often it is read; by the union bound the six together with 0.006. The rules that find a problem without a test
/// (crossovers beyond a tenth, silence for days, no event where 20 were expected) are not passed by a sound experiment that keeps running, but for a chance below 1e-6.
/// </remarks>
internal static class HealthRules
{
    /// <summary>p-value of a problem, for each test.</summary>
    public const double ProblemLevel = 0.001;

    /// <summary>p-value of something to watch.</summary>
    public const double WatchLevel = 0.01;

    /// <summary>Concentration of the Dirichlet prior for days and segments, which have fewer units and larger faults than the whole with its 10,000.</summary>
    public const double SliceConcentration = 100;

    /// <summary>The same for units that cross over, which are few.</summary>
    public const double CrossoverConcentration = 10;

    /// <summary>Days or values of segments that the evidence lists.</summary>
    public const int ListedSlices = 10;

    /// <summary>Units, items or events before a share of them says anything.</summary>
    public const long EnoughForShare = 1_000;

    /// <summary>Share of units seen in more than one arm: to watch.</summary>
    public const double CrossoverWatch = 0.01;

    /// <summary>Share of units seen in more than one arm: a problem, since so many dilute every effect.</summary>
    public const double CrossoverProblem = 0.1;

    /// <summary>Share of exposures refused: to watch.</summary>
    public const double RefusedWatch = 0.01;

    /// <summary>What the rarer arm must be expected to have in a day before the day says which arm has more.</summary>
    public const double LeastExpectedInDay = 20;

    /// <summary>Events after the window over all of exposed units: to watch.</summary>
    public const double AfterWindowWatch = 0.5;

    /// <summary>The highest rate of an arm over the lowest where no test is made: to watch.</summary>
    public const double RateRatioWatch = 1.5;

    /// <summary>Events that arrived after their unit had matured over all that count: to watch.</summary>
    public const double LateArrivalWatch = 0.01;

    /// <summary>Units that a late exposure moved to another arm over all: to watch.</summary>
    public const double RearmedWatch = 0.01;

    /// <summary>Expected units with an event, of which none came: e⁻²⁰ = 2e-9 by chance.</summary>
    public const double ExpectedWithoutEvent = 20;

    /// <summary>Units of an arm before its covariates are taken for normal.</summary>
    public const long EnoughForBalance = 1_000;

    /// <summary>Units an arm that the test of covariates is sharpest at where the plan names none.</summary>
    public const long BalanceSharpestAt = 10_000;

    /// <summary>Hours without data, and how many the usual pace would have brought: to watch.</summary>
    public static readonly (double Hours, double Expected) SilenceWatch = (24, 20);

    /// <summary>The same: a problem.</summary>
    public static readonly (double Hours, double Expected) SilenceProblem = (72, 60);

    /// <summary>Days before traffic is judged.</summary>
    public const double EnoughDays = 3;

    /// <summary>Units a day over the planned: to watch.</summary>
    public const double TrafficWatch = 0.8;

    /// <summary>How far a mean under control may be from the planned, beside four standard errors: to watch.</summary>
    public const double BaselineWatch = 0.2;

    /// <summary>Standard errors that are allowed to chance.</summary>
    public const double StandardErrors = 4;

    /// <summary>How far a standard deviation may be from the planned: to watch.</summary>
    public const double DeviationWatch = 0.25;
}
