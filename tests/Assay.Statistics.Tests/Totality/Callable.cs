using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Assay.Statistics.Tests.Totality;

/// <summary>A public function, constructor, operator or member of an instance, and a way to call it with boxed arguments; an array stands for a span.</summary>
internal sealed record Callable(string Name, MethodBase Method, Func<object?, object?[], object?> Invoke)
{
    /// <summary>What a compiler writes into records, and the containers of an answer.</summary>
    private static readonly string[] Written = ["Equals", "GetHashCode", "ToString", "Deconstruct", "<Clone>$", "PrintMembers", "op_Equality", "op_Inequality", "GetType"];

    public IReadOnlyList<ParameterInfo> Parameters { get; } = Method.GetParameters();

    /// <summary>The type of the instance that a call needs; null for a static function or a constructor.</summary>
    public Type? Receiver => Method.IsStatic || Method.IsConstructor ? null : Method.DeclaringType;

    /// <summary>Every public function of an assembly, by name; overloads are told apart by their parameters.</summary>
    public static IReadOnlyList<Callable> All(Assembly assembly) =>
    [
        .. from type in assembly.GetExportedTypes()
           where !type.IsEnum && !(type.IsGenericType && type.Name.StartsWith("Outcome", StringComparison.Ordinal))
           from method in Of(type)
           orderby method.Name
           select method,
    ];

    public static IEnumerable<Callable> Of(Type type)
    {
        const BindingFlags members = BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        foreach (var constructor in type.GetConstructors())
        {
            yield return From(constructor);
        }

        foreach (var method in type.GetMethods(members))
        {
            // Getters without arguments are read wherever an answer is walked; setters belong to initialisers.
            if (Written.Contains(method.Name) || (method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal))) continue;
            if (method.GetCustomAttribute<CompilerGeneratedAttribute>() is not null) continue;
            yield return From(method.IsGenericMethodDefinition ? method.MakeGenericMethod([.. method.GetGenericArguments().Select(_ => typeof(int))]) : method);
        }
    }

    private static Callable From(MethodBase method)
    {
        var (receiver, arguments) = (Expression.Parameter(typeof(object)), Expression.Parameter(typeof(object?[])));
        var passed = method.GetParameters().Select((parameter, i) => Passed(Expression.ArrayIndex(arguments, Expression.Constant(i)), parameter.ParameterType)).ToArray();
        Expression call = method switch
        {
            ConstructorInfo constructor => Expression.New(constructor, passed),
            MethodInfo { IsStatic: true } function => Expression.Call(function, passed),
            _ => Expression.Call(Expression.Convert(receiver, method.DeclaringType!), (MethodInfo)method, passed),
        };
        var types = string.Join(", ", method.GetParameters().Select(parameter => Short(parameter.ParameterType)));
        var name = $"{method.DeclaringType!.Name}{(method.IsConstructor ? "" : "." + method.Name)}({types})";
        return new Callable(name, method, Expression.Lambda<Func<object?, object?[], object?>>(Expression.Convert(call, typeof(object)), receiver, arguments).Compile());
    }

    /// <summary>A span is the array it was made of.</summary>
    private static UnaryExpression Passed(Expression boxed, Type type) => type.IsByRefLike
        ? Expression.Convert(Expression.Convert(boxed, type.GetGenericArguments()[0].MakeArrayType()), type)
        : Expression.Convert(boxed, type);

    private static string Short(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Short))}>" : type.Name;
}
