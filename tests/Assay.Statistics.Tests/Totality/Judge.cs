using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Assay.Statistics.Tests.Totality;

/// <summary>What one call did: a defect is anything but to refuse an argument by its name, to say that the data cannot answer, or to answer in numbers that can be right.</summary>
/// <param name="Defect">What is wrong, with the arguments; null when nothing is.</param>
/// <param name="IsAnswer">Whether the call computed something: it refused nothing, and the answer is determined.</param>
internal readonly record struct Judge(string? Defect, bool IsAnswer)
{
    public static Judge Of(Callable callable, object? receiver, object?[] arguments)
    {
        var (fault, isAnswer) = Ask(callable, receiver, arguments);
        return new(fault is null ? null : $"{callable.Name}: {fault}\n  {Describe(callable, receiver, arguments)}", isAnswer);
    }

    public static string Describe(Callable callable, object? receiver, object?[] arguments) =>
        (callable.Receiver is null ? "" : $"on {Show(receiver)} ") + $"with {string.Join("; ", callable.Parameters.Zip(arguments, (parameter, value) => $"{parameter.Name} = {Show(value)}"))}";

    private static (string? Fault, bool IsAnswer) Ask(Callable callable, object? receiver, object?[] arguments)
    {
        object? answer;
        try
        {
            answer = callable.Invoke(receiver, arguments);
        }
        catch (ArgumentException refusal)
        {
            return (callable.Parameters.Any(parameter => parameter.Name == refusal.ParamName) ? null : $"refuses '{refusal.ParamName}', which is no parameter of it: {refusal.Message.ReplaceLineEndings(" ")} {Frame(refusal)}", false);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return ($"throws {fault.GetType().Name}: {fault.Message} {Frame(fault)}", false);
        }

        return (Walk(answer, callable.Method, "answer"), IsDetermined(answer));
    }

    /// <summary>The first number of an answer that is none, and is not documented to be.</summary>
    private static string? Walk(object? value, MemberInfo source, string path)
    {
        switch (value)
        {
            case null or string or Enum or bool or int or long:
                return null;
            case double number:
                return double.IsNaN(number) && !Documented.MayBeNaN(source) ? $"{path} is NaN"
                    : double.IsInfinity(number) && !Documented.MayBeInfinite(source) ? $"{path} is {number.ToString(CultureInfo.InvariantCulture)}, which {source.DeclaringType!.Name}.{source.Name} does not document"
                    : Impossible.Number(number, source) is { } fault ? $"{path} is {number.ToString("R", CultureInfo.InvariantCulture)}, {fault}"
                    : null;
            case ITuple tuple:
                return Enumerable.Range(0, tuple.Length).Select(i => Walk(tuple[i], source, $"{path}.{i}")).FirstOrDefault(fault => fault is not null);
            case IEnumerable items when value.GetType().Assembly != typeof(Moments).Assembly:
                return value.GetType().GetProperty("IsDefault")?.GetValue(value) is true ? $"{path} is no list" : items.Cast<object?>().Select((item, i) => Walk(item, source, $"{path}[{i}]")).FirstOrDefault(fault => fault is not null);
        }

        var type = value.GetType();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Outcome<>))
        {
            if (!IsDetermined(value)) return Enum.IsDefined((Reason)type.GetProperty("Reason")!.GetValue(value)!) ? null : $"{path} has no reason";
            return Walk(type.GetProperty("Value")!.GetValue(value), source, path);
        }

        // The one intersection that may be empty says so itself.
        if (value is RunningInference { IsEmpty: true }) return null;
        if (Impossible.Record(value) is { } contradiction) return $"{path} {contradiction}";
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            object? part;
            try
            {
                part = property.GetValue(value);
            }
            catch (TargetInvocationException fault)
            {
                return $"{path}.{property.Name} throws {fault.InnerException!.GetType().Name} {Frame(fault.InnerException)}";
            }

            if (Walk(part, property, $"{path}.{property.Name}") is { } defect) return defect;
        }

        return null;
    }

    private static bool IsDetermined(object? answer) => answer?.GetType().GetProperty("IsDetermined")?.GetValue(answer) is not false;

    private static string Frame(Exception fault) => "at " + fault.StackTrace?.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Contains("Assay", StringComparison.Ordinal) && !line.Contains("Check.", StringComparison.Ordinal));

    private static string Show(object? value) => value switch
    {
        null => "null",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        string text => text,
        ITuple tuple => $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Show(tuple[i])))})",
        IEnumerable items => value.GetType().GetProperty("IsDefault")?.GetValue(value) is true ? "default" : $"[{string.Join(", ", items.Cast<object?>().Select(Show))}]",
        JointMoments moments => $"JointMoments({moments.Count}, {Show(moments.Means)}, {Show(moments.ScatterTriangle)})",
        AdjustedArms arms => $"AdjustedArms({Show(arms.Theta)}, {arms.Control}, {arms.Treatment})",
        Boundaries bounds => $"Boundaries({Show(bounds.Fractions)}, {Show(bounds.Z)}, {bounds.Sides})",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
