using System.Runtime.CompilerServices;

namespace Assay.Statistics.Tests.Shape;

/// <summary>How the public surface reads.</summary>
public sealed class SurfaceTests
{
    /// <summary>A.B.C says less than a name of its own.</summary>
    [Fact]
    public void No_public_type_is_nested() => Assert.DoesNotContain(typeof(Moments).Assembly.GetExportedTypes(), type => type.IsNested);

    /// <summary>A table whose lines are told apart by text cannot be asked for one of them.</summary>
    [Fact]
    public void No_function_answers_with_tuples_that_hold_text() => Assert.Empty(
        from type in typeof(Moments).Assembly.GetExportedTypes()
        from method in type.GetMethods()
        where Parts(method.ReturnType).Any(part => typeof(ITuple).IsAssignableFrom(part) && part.GetGenericArguments().Contains(typeof(string)))
        select $"{type.Name}.{method.Name}");

    private static IEnumerable<Type> Parts(Type type) => type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type) : [type];
}
