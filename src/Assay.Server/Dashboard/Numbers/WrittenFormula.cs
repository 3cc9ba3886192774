using System.Collections.Immutable;
using Assay.Analysis.Derivations;

namespace Assay.Server.Dashboard.Numbers;

/// <summary>A formula in pieces: text, and the quantities between.</summary>
internal static class WrittenFormula
{
    /// <summary>The pieces in order; what is no quantity has no value and is text.</summary>
    public static ImmutableArray<FormulaPiece> Of(DerivationStep step)
    {
        if (step.Formula is not { } formula) return [];
        var pieces = ImmutableArray.CreateBuilder<FormulaPiece>();
        var at = 0;
        while (at < formula.Length)
        {
            var open = formula.IndexOf('{', at);
            if (open != at) pieces.Add(new(formula[at..(open < 0 ? formula.Length : open)], IsQuantity: false, null));
            if (open < 0) break;
            var close = formula.IndexOf('}', open);
            var symbol = formula[(open + 1)..close];

            // An equation holds the quantity that solves it.
            pieces.Add(new(symbol, IsQuantity: true, symbol == step.Symbol ? step.Value : step.Terms.First(term => term.Symbol == symbol).Value));
            at = close + 1;
        }

        return pieces.ToImmutable();
    }

    /// <summary>A symbol and its index.</summary>
    public static (string Letter, string? Index) Split(string symbol) =>
        symbol.IndexOf('_', StringComparison.Ordinal) is > 0 and var at ? (symbol[..at], symbol[(at + 1)..]) : (symbol, null);
}

/// <summary>Text, or a quantity with its value.</summary>
internal readonly record struct FormulaPiece(string Text, bool IsQuantity, double? Value);
