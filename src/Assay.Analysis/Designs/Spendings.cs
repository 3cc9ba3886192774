using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Analysis.Designs;

/// <summary>The spending functions that a design may name, and the bounds they give.</summary>
internal static class Spendings
{
    /// <summary>Every name.</summary>
    public static readonly ImmutableArray<string> Names = ["obrien_fleming", "pocock", "kim_demets"];

    /// <summary>The function of a name; Kim and DeMets' with ρ = 3, whose expected size is the least of the three.</summary>
    public static SpendingFunction Of(string name) => name switch
    {
        "obrien_fleming" => SpendingFunction.OBrienFleming,
        "pocock" => SpendingFunction.Pocock,
        "kim_demets" => SpendingFunction.KimDeMets(3),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No design with such a spending function is read."),
    };

    /// <summary>Bounds at equally spaced planned looks.</summary>
    public static Boundaries Planned(Constraints constraints, double alpha) =>
        GroupSequential.Spending(Of(constraints.Spending), [.. Enumerable.Range(1, constraints.NLooks).Select(look => (double)look / constraints.NLooks)], alpha);
}
