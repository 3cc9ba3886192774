using System.Reflection;

namespace Assay.Statistics.Tests.Totality;

/// <summary>Every public function of the library is total: whatever it is given, it refuses an argument by its name, says why the data cannot answer, or answers in numbers.</summary>
public sealed class TotalityTests
{
    private static readonly IReadOnlyList<Callable> All = [.. Callable.All(typeof(Moments).Assembly).Where(callable => !StoresWhatItIsGiven(callable.Method))];

    /// <summary>Of the calls of a function so many at least are answered, or the ring sees only its door.</summary>
    private const double LeastShare = 0.1;

    public static IEnumerable<TheoryDataRow<string>> Functions => All.Where(callable => Lacking(callable) is null).Select(callable => new TheoryDataRow<string>(callable.Name));

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_is_total(string function)
    {
        var callable = All.Single(callable => callable.Name == function);
        var (defect, calls, answers) = Try(callable, Times(callable));
        Assert.True(defect is null, defect);
        Assert.True(answers >= LeastShare * calls, $"{function} answered {answers} of {calls} calls: the ring hardly enters it.");
    }

    [Fact]
    public void No_public_function_is_forgotten() => Assert.Empty(All.Select(Lacking).OfType<string>());

    /// <summary>Draws so many calls, up to the first with a defect.</summary>
    internal static (string? Defect, int Calls, int Answers) Try(Callable callable, int times)
    {
        int calls = 0, answers = 0;
        var stream = (uint)callable.Name.Aggregate(17, (hash, c) => unchecked((hash * 31) + c));
        for (ulong seed = 1; seed <= (ulong)times; seed++)
        {
            var draw = new Draw(stream, seed);
            var receiver = callable.Receiver is { } type ? Arguments.Of(draw, type, "") : null;
            if (callable.Receiver is not null && receiver is null) continue;
            var judged = Judge.Of(callable, receiver, Arguments.Of(draw, callable));
            calls++;
            if (judged.IsAnswer) answers++;
            if (judged.Defect is { } defect) return ($"{defect}\n  (seed {seed})", calls, answers);
        }

        return (null, calls, answers);
    }

    /// <summary>What cannot be drawn for a function, by name; null when all can.</summary>
    internal static string? Lacking(Callable callable)
    {
        var types = callable.Parameters.Select(parameter => parameter.ParameterType);
        if (callable.Receiver is { } receiver) types = types.Append(receiver);
        return types.Select(Arguments.Unknown).FirstOrDefault(type => type is not null) is { } type ? $"{callable.Name} needs a generator of {type.Name}" : null;
    }

    /// <summary>The primary constructor of a record, which computes nothing; the functions that take the record are asked.</summary>
    private static bool StoresWhatItIsGiven(MethodBase method) =>
        method is ConstructorInfo && method.GetParameters().All(parameter => method.DeclaringType!.GetProperty(parameter.Name!) is not null);

    /// <summary>Fewer calls of what costs milliseconds, so that the ring takes seconds.</summary>
    private static int Times(Callable callable) => callable.Method.DeclaringType!.Name switch
    {
        nameof(PeekingRules) => 16,
        nameof(Dunnett) => 100,
        nameof(BestArm) or nameof(FutilityDesign) => 200,
        nameof(GroupSequential) or nameof(SequentialDesign) or nameof(RelativeEfficiency) or nameof(FinalInference) or nameof(RepeatedInference) or nameof(CalibratedMixture) or nameof(TwoProportionSequence) => 400,
        _ => 1_500,
    };
}
