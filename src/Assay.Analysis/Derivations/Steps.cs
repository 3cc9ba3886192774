using System.Collections.Immutable;

namespace Assay.Analysis.Derivations;

/// <summary>Writes the steps of a part: each formula finds its quantities among those before it.</summary>
internal sealed class Steps
{
    private readonly Dictionary<string, double?> _known = new(StringComparer.Ordinal);
    private readonly ImmutableArray<DerivationStep>.Builder _written = ImmutableArray.CreateBuilder<DerivationStep>();

    public Steps()
    {
    }

    /// <param name="before">Steps of an earlier part, whose quantities these go on from.</param>
    public Steps(params IEnumerable<DerivationStep> before)
    {
        foreach (var step in before) _known[step.Symbol] = step.Value;
    }

    /// <summary>What is measured, declared or recorded.</summary>
    public Steps Given(Quantity quantity, string symbol, double? value) => Write(quantity, symbol, null, value);

    /// <summary>A formula and what the readout has for it, or an equation that the value solves.</summary>
    public Steps Write(Quantity quantity, string symbol, string? formula, double? value)
    {
        var known = value is { } number && double.IsFinite(number) ? value : null;
        _known[symbol] = known;
        _written.Add(new DerivationStep(quantity, symbol, formula, formula is null ? [] : TermsOf(formula), known));
        return this;
    }

    /// <summary>The value of a quantity before; null where it has none.</summary>
    public double? this[string symbol] => _known[symbol];

    public ImmutableArray<DerivationStep> All => _written.ToImmutable();

    public DerivationPart As(DerivationKind kind) => new(kind, All);

    private ImmutableArray<DerivationTerm> TermsOf(string formula)
    {
        var terms = ImmutableArray.CreateBuilder<DerivationTerm>();
        for (var at = formula.IndexOf('{', StringComparison.Ordinal); at >= 0; at = formula.IndexOf('{', at + 1))
        {
            var symbol = formula[(at + 1)..formula.IndexOf('}', at)];
            if (!terms.Any(term => string.Equals(term.Symbol, symbol, StringComparison.Ordinal))) terms.Add(new DerivationTerm(symbol, _known[symbol]));
        }

        return terms.ToImmutable();
    }
}
