using System.Globalization;
using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests;

/// <summary>The same digits on every machine: exp, log and pow of the platform may differ in their last bit, and no result makes more of that than 1e-12.</summary>
/// <remarks>The numbers are the library's own, written down once on Linux x64: not a proof that they are right, which the golden values are, but that they stay.</remarks>
public sealed class SameDigits
{
    private const double Tolerance = 1e-12;

    private static readonly double Infinity = double.PositiveInfinity;

    private static readonly Dictionary<string, Func<double>> Functions = new(StringComparer.Ordinal)
    {
        ["normal survival"] = () => Normal.Survival(7.3),
        ["normal quantile"] = () => Normal.Quantile(0.0137),
        ["normal log tail"] = () => Normal.LogSurvival(123.4),
        ["t survival"] = () => StudentT.Survival(4.4, 7.7),
        ["t quantile"] = () => StudentT.InverseSurvival(1e-7, 33.3),
        ["noncentral t"] = () => NoncentralT.Cdf(1.3, 12, 2.1),
        ["chi squared survival"] = () => ChiSquared.Survival(88.8, 31),
        ["chi squared quantile"] = () => ChiSquared.InverseSurvival(1e-9, 5),
        ["gamma cdf"] = () => Gamma.Cdf(3.3, 9.1),
        ["beta cdf"] = () => Beta.Cdf(0.31, 300.5, 700.25),
        ["beta quantile"] = () => Beta.Quantile(0.025, 17, 400),
        ["binomial"] = () => BinomialTest.Of(61, 1_000, 0.05).PValue,
        ["clopper pearson"] = () => BinomialTest.ClopperPearson(7, 300, 0.05).Upper,
        ["fisher"] = () => FisherTest.Of(40, 900, 65, 880).Value.PValue,
        ["odds ratio"] = () => FisherTest.Of(40, 900, 65, 880).Value.OddsRatio.Value,
        ["poisson rates"] = () => PoissonRates.Of(31, 100, 52, 105, 0.05).Exact.Upper,
        ["pooled z"] = () => FixedHorizon.TwoProportions(500, 10_000, 580, 10_000, 0.05).Value.PValue,
        ["score interval"] = () => Proportions.ScoreInterval(48, 80, 56, 70, 0.05).Value.Lower,
        ["newcombe"] = () => Proportions.Newcombe(48, 80, 56, 70, 0.05).Value.Upper,
        ["welch"] = () => FixedHorizon.Welch(new Moments(40, 3, 70), new Moments(31, 4.1, 95), 0.05).Value.PValue,
        ["fieller"] = () => Effect.RelativeFieller(new Estimate(10, 0.3, 80), new Estimate(11, 0.4, 75), 0.05).Value.Upper,
        ["delta lift"] = () => Effect.RelativeDelta(new Estimate(10, 0.3, 80), new Estimate(11, 0.4, 75)).Value.Variance,
        ["mixture variance"] = () => AlwaysValid.MixtureVariance(0.02, 0.05),
        ["always valid radius"] = () => AlwaysValid.Radius(0.03, 0.05, 0.17),
        ["one-sided bound"] = () => AlwaysValidBound.Radius(0.03, 0.05, 0.17),
        ["bernoulli sequence"] = () => BernoulliSequence.Interval(31, 400, 0.05, 1, 1).Upper,
        ["two proportions, exact"] = () => TwoProportionSequence.Planned(0.01, 3_000, 3_000, 0.05).LogEvidence(15, 2_000, 42, 2_000),
        ["stitched boundary"] = () => StitchedBoundary.Polynomial(1_000, 0.025, 10),
        ["anytime t"] = () => AnytimeT.Radius(97, 10, 25, 0.05),
        ["sample ratio"] = () => SampleRatio.ChiSquare([5_010, 4_870, 5_120], [1, 1, 1]).Value.PValue,
        ["sequential sample ratio"] = () => SampleRatio.SequentialLogEvidence([5_010, 4_870, 5_120], [1, 1, 1]),
        ["posterior probability"] = () => Bayes.Proportions(50, 1_000, 65, 1_000, 0.05).Value.ProbabilityControlBeatsTreatment,
        ["credible end"] = () => Bayes.Proportions(500, 10_000, 540, 10_000, 0.05).Value.Credible.Upper,
        ["posterior loss"] = () => Bayes.Proportions(500, 10_000, 540, 10_000, 0.05).Value.ExpectedLossTreatment,
        ["normal posterior"] = () => Bayes.Means(new Estimate(1.3, 0.4, Infinity), 0.05, new Estimate(0, 1, Infinity)).Value.ExpectedLossTreatment,
        ["best of three"] = () => BestArm.OfMeans([new(1, 0.2, Infinity), new(1.4, 0.3, Infinity), new(0.7, 0.1, Infinity)]).Value.ProbabilityBest[1],
        ["o'brien-fleming"] = () => GroupSequential.OBrienFleming(5, 0.05).Z[2],
        ["spending bound"] = () => GroupSequential.Spending(SpendingFunction.Pocock, [0.3, 0.7, 1], 0.05).Z[1],
        ["stage-wise p"] = () => FinalInference.At(GroupSequential.OBrienFleming(4, 0.05), 3, 2.9, 0.05).PValue,
        ["size of two proportions"] = () => Power.TwoProportionsControlSize(0.042, 0.0441, 1, 0.05, 0.8).Value,
        ["size by t"] = () => StudentSizes.Equal(1, 0.5, 0.05, 0.8, 2).Value,
        ["dunnett"] = () => new Dunnett([1, 1, 1, 1], Infinity).CriticalValue(0.05),
        ["cox"] = () => CoxRegression.Of([new(1, true), new(3, true), new(4, false), new(6, true)], [new(2, true), new(5, false), new(7, true), new(9, true)], TiedEvents.Efron).Value.LogHazardRatio.Value.Value,
        ["random effects"] = () => RandomEffects.Of([new(1, 0.2, Infinity), new(1.9, 0.1, Infinity), new(0.4, 0.3, Infinity)]).Value.BetweenVariance,
        ["brunner-munzel"] = () => RankComparison.Of([1.1, 2.2, 3.3, 4.0], [4.4, 5.5, 6.6, 3.7]).Value.BrunnerMunzel(0.05).Value.PValue,
    };

    private const string Written = """
        normal survival = 1.4388386381575875E-13
        normal quantile = -2.205771539272578
        normal log tail = -7619.5144353043015
        t survival = 0.001254051084150944
        t quantile = 6.5232093069796715
        noncentral t = 0.21188522962077955
        chi squared survival = 1.7573397761431713E-07
        chi squared quantile = 50.692193701543026
        gamma cdf = 0.006188489397019928
        beta cdf = 0.7505315739713835
        beta quantile = 0.023982811714605406
        binomial = 0.11041070924021773
        clopper pearson = 0.04748256502978186
        fisher = 0.008859058851482535
        odds ratio = 1.714211467528728
        poisson rates = 2.5787139417129112
        pooled z = 0.01232023220024796
        score interval = 0.05333384929132506
        newcombe = 0.333872654036906
        welch = 0.00586419801954775
        fieller = 0.28713591066688726
        delta lift = 0.007630000000000001
        mixture variance = 0.1642393612413651
        always valid radius = 0.5276557879346723
        one-sided bound = 0.47944922980091814
        bernoulli sequence = 0.134226134731002
        two proportions, exact = 4.53380241529754
        stitched boundary = 125.71515492178831
        anytime t = 3.278509854716497
        sample ratio = 0.043282797901965916
        sequential sample ratio = 0.9689767828379396
        posterior probability = 0.07551962109742594
        credible end = 0.01016088531959083
        posterior loss = 0.00015134912259757747
        normal posterior = 0.008923185624389207
        best of three = 0.6792917863729135
        o'brien-fleming = 2.6337231436781208
        spending bound = 2.258346306043121
        stage-wise p = 0.0067050941261320215
        size of two proportions = 146641.87054967848
        size by t = 63.76561019095243
        dunnett = 2.3489705903392717
        cox = -1.363581574144192
        random effects = 0.4241666666666667
        brunner-munzel = 0.0025785975235539924
        """;

    public static IEnumerable<TheoryDataRow<string, double>> Table =>
        Written.Split('\n').Select(line => line.Split(" = ")).Select(part => new TheoryDataRow<string, double>(part[0], double.Parse(part[1], CultureInfo.InvariantCulture)));

    [Theory]
    [MemberData(nameof(Table))]
    public void A_function_has_the_digits_it_had(string function, double expected)
    {
        var actual = Functions[function]();
        Assert.True(Math.Abs(actual - expected) <= Tolerance * Math.Abs(expected), $"{function}: {actual:R} was {expected:R}");
    }

    [Fact]
    public void Every_function_is_in_the_table() => Assert.Equal(Functions.Keys, Table.Select(row => row.Data.Item1));
}
