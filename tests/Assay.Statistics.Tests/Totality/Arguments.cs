using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CsCheck;

namespace Assay.Statistics.Tests.Totality;

/// <summary>One generator a type of parameter or of receiver; lists, tuples and nullables are made of their parts.</summary>
internal static class Arguments
{
    private static readonly Dictionary<Type, Func<Draw, string, object?>> Makers = new()
    {
        [typeof(double)] = (draw, name) => draw.Number(name),
        [typeof(long)] = (draw, name) => draw.Count(name),
        [typeof(int)] = (draw, name) => draw.Small(name),
        [typeof(bool)] = (draw, _) => draw.Of(Gen.Bool),
        [typeof(Estimate)] = (draw, _) => Values.Estimate(draw),
        [typeof(Moments)] = (draw, _) => Values.Moments(draw),
        [typeof(JointMoments)] = (draw, name) => draw.Rarely(2) ? null : name is "clusters" && !draw.Rarely(6) ? Values.Cluster(draw) : Values.JointMoments(draw),
        [typeof(TimeToEvent)] = (draw, _) => new TimeToEvent(draw.Rarely(4) ? draw.Number("time") : draw.Of(Gen.Int[0, 6]), draw.Of(Gen.Bool)),
        [typeof(AdaptiveBatch)] = (draw, _) => new AdaptiveBatch(draw.Number("share"), Values.Moments(draw), Values.Moments(draw)),
        [typeof(AdjustedArms)] = (draw, _) => draw.Rarely(2) ? null : Values.Adjusted(draw),
        [typeof(Inference)] = (draw, _) => draw.Rarely(2) ? null : Values.Inference(draw),
        [typeof(Boundaries)] = (draw, _) => draw.Rarely(2) ? null : Values.Boundaries(draw),
        [typeof(SpendingFunction)] = (draw, _) => draw.Rarely(2) ? null : draw.Of(Receivers.Spending),
        [typeof(RiskAllocation)] = (draw, _) => draw.Rarely(2) ? null : new RiskAllocation(draw.Length, draw.Length, draw.Of(Gen.Int[1, 4]), 0.05, 0.8),
        [typeof(CalibratedMixture)] = (draw, _) => draw.Of(Receivers.Calibrated),
        [typeof(Dunnett)] = (draw, _) => draw.Of(Receivers.Dunnetts),
        [typeof(FutilityDesign)] = (draw, _) => draw.Of(Receivers.Futility),
        [typeof(KaplanMeier)] = (draw, _) => Receivers.Curve(draw),
        [typeof(SurvivalStep)] = (draw, _) => draw.Of(Gen.OneOf([.. Receivers.Curve(draw).Steps, default])),
        [typeof(RankComparison)] = (draw, _) => Receivers.Ranks(draw),
        [typeof(RunningInference)] = (draw, _) => draw.Rarely(30) ? RunningInference.None : new RunningInference(draw.Of(Gen.Double.Unit), new Interval(draw.Of(Gen.Double[-9, 1]), draw.Of(Gen.Double[-1, 9]))),
        [typeof(TwoProportionSequence)] = (draw, _) => draw.Of(Receivers.TwoProportions),
        [typeof(TwoSampleSequence)] = (draw, _) => new TwoSampleSequence(draw.Of(Gen.OneOf(0.5, 1.0, 1e-3, 100))),
        [typeof(Winsorisation)] = (draw, _) => Values.Limits(draw),
    };

    /// <summary>Parameters whose name means something else elsewhere.</summary>
    private static readonly Dictionary<string, string> Meanings = new(StringComparer.Ordinal)
    {
        ["StitchedBoundary.power"] = "above one",
        ["StitchedBoundary.spacing"] = "above one",
        ["DesignSize.inflation"] = "above one",
        ["DesignSize.meanSize"] = "above one",
        ["Beta.x"] = "fraction",
        ["ProportionSizes.difference"] = "fraction",
        ["SelectedEffect.threshold"] = "above one",
        ["GroupSequential.delta"] = "fraction",
        ["GroupSequential.looks"] = "looks",
    };

    /// <summary>The first type on the way down that nothing is known about; null when values of the type can be drawn.</summary>
    public static Type? Unknown(Type type) =>
        Makers.ContainsKey(type) || type.IsEnum ? null
        : Nullable.GetUnderlyingType(type) is { } inner ? Unknown(inner)
        : Element(type) is { } element ? Unknown(element)
        : typeof(ITuple).IsAssignableFrom(type) ? type.GetGenericArguments().Select(Unknown).FirstOrDefault(part => part is not null)
        : type;

    public static object? Of(Draw draw, Type type, string name)
    {
        if (Makers.TryGetValue(type, out var make)) return make(draw, name);
        if (type.IsEnum) return draw.Rarely(3) ? Enum.ToObject(type, 99) : draw.Of(Gen.OneOf(Enum.GetValues(type).Cast<object>().ToArray()));
        if (Nullable.GetUnderlyingType(type) is { } inner) return draw.Rarely(30) ? null : Of(draw, inner, name);
        if (Element(type) is { } element) return List(draw, type, element, name);
        return Activator.CreateInstance(type, [.. type.GetGenericArguments().Select(part => Of(draw, part, name))]);
    }

    /// <summary>Arguments of one call; a number of successes is mostly not above its count.</summary>
    public static object?[] Of(Draw draw, Callable callable)
    {
        var arguments = callable.Parameters.Select(parameter => Of(draw, parameter.ParameterType, Meanings.GetValueOrDefault($"{callable.Method.DeclaringType!.Name}.{parameter.Name}", parameter.Name!))).ToArray();
        for (var i = 0; i + 1 < arguments.Length; i++)
        {
            if (callable.Parameters[i].Name!.EndsWith("uccesses", StringComparison.Ordinal) && arguments[i] is long successes && arguments[i + 1] is long count && !draw.Rarely(5))
            {
                arguments[i] = Math.Min(successes, count);
            }
        }

        return arguments;
    }

    private static object? List(Draw draw, Type type, Type element, string name)
    {
        var isImmutable = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>);
        if (isImmutable && draw.Rarely(3)) return Activator.CreateInstance(type);
        if (type.IsInterface && draw.Rarely(3)) return null;
        Array items;
        if (element == typeof(double))
        {
            items = draw.Numbers(name);
        }
        else
        {
            items = Array.CreateInstance(element, draw.LengthOfList());
            for (var i = 0; i < items.Length; i++)
            {
                // A row may be missing.
                items.SetValue(element.IsArray && draw.Rarely(2) ? null : Of(draw, element, name), i);
            }
        }

        return isImmutable ? typeof(Arguments).GetMethod(nameof(Immutable))!.MakeGenericMethod(element).Invoke(null, [items]) : items;
    }

    public static ImmutableArray<T> Immutable<T>(T[] items) => [.. items];

    private static Type? Element(Type type) =>
        type.IsArray ? type.GetElementType()
        : type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(ReadOnlySpan<>) || type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) || type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            ? type.GetGenericArguments()[0]
            : null;
}
