using System.Reflection;
using System.Text.RegularExpressions;

namespace Assay.Statistics.Tests.Totality;

/// <summary>Answers that no data can have: a probability beyond 1, an interval upside down, an estimate outside its own interval.</summary>
internal static partial class Impossible
{
    /// <summary>A last bit lost where two roads lead to one number.</summary>
    private const double Rounding = 1e-9;

    /// <summary>Records that hold an estimate and its interval.</summary>
    private static readonly Dictionary<Type, Func<object, (double Estimate, Interval Interval)>> Enclosing = new()
    {
        [typeof(Inference)] = answer => (((Inference)answer).Effect.Value, ((Inference)answer).Interval),
        [typeof(FinalInference)] = answer => (((FinalInference)answer).MedianUnbiasedDrift, ((FinalInference)answer).Interval),
        [typeof(SelectedEffect)] = answer => (((SelectedEffect)answer).MedianUnbiased, ((SelectedEffect)answer).Interval),
        [typeof(RingTests.Enclosed)] = answer => (((RingTests.Enclosed)answer).Value, ((RingTests.Enclosed)answer).Interval),
    };

    /// <summary>Why a number cannot be what its member says it is; null when it can.</summary>
    public static string? Number(double number, MemberInfo source) =>
        IsProbability(source) && number is not (>= 0 and <= 1) ? "which is no probability" : null;

    /// <summary>Why the parts of a record contradict each other; null when they do not.</summary>
    public static string? Record(object answer)
    {
        if (answer is Interval interval) return interval.Lower <= interval.Upper ? null : $"has the ends {interval.Lower:R} and {interval.Upper:R}";
        if (!Enclosing.TryGetValue(answer.GetType(), out var parts)) return null;
        var (estimate, (lower, upper)) = parts(answer);
        var slack = Rounding * Math.Max(1e-300, Math.Min(Math.Abs(estimate), double.MaxValue));
        return lower - slack <= estimate && estimate <= upper + slack ? null : $"has the estimate {estimate:R} outside [{lower:R}, {upper:R}]";
    }

    private static bool IsProbability(MemberInfo member) =>
        Probability().IsMatch(member.Name) || (member is MethodInfo && (Adjusting.Contains(member.DeclaringType) || PowerOf.Contains(member.Name)));

    /// <summary>Classes whose functions all answer with adjusted p-values.</summary>
    private static readonly Type?[] Adjusting = [typeof(Multiplicity)];

    /// <summary>Functions of Power that answer with one.</summary>
    private static readonly string[] PowerOf = [nameof(Power.OfEffect), nameof(Power.OneSided), nameof(Power.TwoProportions), nameof(ConditionalPower.Under), nameof(ConditionalPower.Predictive)];

    [GeneratedRegex("^(?!Log).*PValue|^Probability|^Cdf$|^Survival$|^Power$|^(Greater|Less|TotalUpper|TotalLower|CumulativeAlpha|NominalP|WrongSign|CramersV|SuccessLevel|GuardrailLevel|TopTwoWeights|OptimalControlShare|FalsePositiveRate|InconsistencyShare|NaiveFalsePositiveRate)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Probability();
}
