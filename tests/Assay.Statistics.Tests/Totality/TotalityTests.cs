using System.Reflection;

namespace Assay.Statistics.Tests.Totality;

/// <summary>Every public function of the library is total: whatever it is given, it refuses an argument by its name, says why the data cannot answer, or answers in numbers.</summary>
public sealed class TotalityTests
{
    private static readonly IReadOnlyList<Callable> All = [.. Callable.All(typeof(Moments).Assembly).Where(callable => !StoresWhatItIsGiven(callable.Method))];

    public static IEnumerable<TheoryDataRow<string>> Functions => All.Where(callable => Lacking(callable) is null).Select(callable => new TheoryDataRow<string>(callable.Name));

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_is_total(string function)
    {
        var callable = All.Single(callable => callable.Name == function);
        var defect = FirstDefect(callable, Times(callable));
        Assert.True(defect is null, defect);
    }

    [Fact]
    public void No_public_function_is_forgotten() => Assert.Empty(All.Select(Lacking).OfType<string>());

    internal static string? FirstDefect(Callable callable, int times)
    {
        var stream = (uint)callable.Name.Aggregate(17, (hash, c) => unchecked((hash * 31) + c));
        for (ulong seed = 1; seed <= (ulong)times; seed++)
        {
            var draw = new Draw(stream, seed);
            var receiver = callable.Receiver is { } type ? Arguments.Of(draw, type, "") : null;
            if (callable.Receiver is not null && receiver is null) continue;
            if (Judge.Defect(callable, receiver, Arguments.Of(draw, callable)) is { } defect) return $"{defect}\n  (seed {seed})";
        }

        return null;
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
        nameof(PeekingRules) => 8,
        nameof(Dunnett) => 10,
        nameof(BestArm) or nameof(FutilityDesign) => 40,
        nameof(GroupSequential) or nameof(SequentialDesign) or nameof(RelativeEfficiency) or nameof(FinalInference) or nameof(RepeatedInference) or nameof(CalibratedMixture) or nameof(TwoProportionSequence) => 60,
        _ => 400,
    };
}
