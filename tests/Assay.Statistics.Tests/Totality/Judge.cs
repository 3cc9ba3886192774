using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Assay.Statistics.Tests.Totality;

/// <summary>What is wrong with one call: nothing when it refuses an argument by its name, says that the data cannot answer, or answers in numbers.</summary>
internal static class Judge
{
    /// <returns>Null when the call is total; otherwise what it did, with its arguments.</returns>
    public static string? Defect(Callable callable, object? receiver, object?[] arguments)
    {
        var defect = Fault(callable, receiver, arguments);
        return defect is null ? null : $"{callable.Name}: {defect}\n  {Describe(callable, receiver, arguments)}";
    }

    public static string Describe(Callable callable, object? receiver, object?[] arguments) =>
        (callable.Receiver is null ? "" : $"on {Show(receiver)} ") + $"with {string.Join("; ", callable.Parameters.Zip(arguments, (parameter, value) => $"{parameter.Name} = {Show(value)}"))}";

    private static string? Fault(Callable callable, object? receiver, object?[] arguments)
    {
        object? answer;
        try
        {
            answer = callable.Invoke(receiver, arguments);
        }
        catch (ArgumentException refusal)
        {
            return callable.Parameters.Any(parameter => parameter.Name == refusal.ParamName) ? null : $"refuses '{refusal.ParamName}', which is no parameter of it: {refusal.Message.ReplaceLineEndings(" ")} {Frame(refusal)}";
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return $"throws {fault.GetType().Name}: {fault.Message} {Frame(fault)}";
        }

        return Walk(answer, callable.Method, "answer");
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
                    : null;
            case ITuple tuple:
                return Enumerable.Range(0, tuple.Length).Select(i => Walk(tuple[i], source, $"{path}.{i}")).FirstOrDefault(fault => fault is not null);
            case IEnumerable items when value.GetType().Assembly != typeof(Moments).Assembly:
                return value.GetType().GetProperty("IsDefault")?.GetValue(value) is true ? $"{path} is no list" : items.Cast<object?>().Select((item, i) => Walk(item, source, $"{path}[{i}]")).FirstOrDefault(fault => fault is not null);
        }

        var type = value.GetType();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Outcome<>))
        {
            if (type.GetProperty("IsDetermined")!.GetValue(value) is false) return Enum.IsDefined((Reason)type.GetProperty("Reason")!.GetValue(value)!) ? null : $"{path} has no reason";
            return Walk(type.GetProperty("Value")!.GetValue(value), source, path);
        }

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
