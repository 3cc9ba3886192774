using System.Globalization;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Tests.Derivations;

/// <summary>Computes what a formula says, by nothing but the text of it: a second opinion on every derived number. Each value carries how far rounding may have moved it.</summary>
internal sealed class FormulaReader(string text, Func<string, double> valueOf)
{
    private const double Rounding = 2.3e-16;

    private int _at;

    /// <summary>A formula's value; of an equation both sides.</summary>
    /// <param name="formula">As a derivation writes it.</param>
    /// <param name="valueOf">The value of a symbol.</param>
    public static (Rounded Left, Rounded? Right) Read(string formula, Func<string, double> valueOf)
    {
        var reader = new FormulaReader(formula, valueOf);
        var left = reader.Sum();
        Rounded? right = reader.Takes('=') ? reader.Sum() : null;
        reader.Skip();
        if (reader._at < formula.Length) throw new FormatException($"'{formula}' goes on at {reader._at}.");
        return (left, right);
    }

    private Rounded Sum()
    {
        var sum = Product();
        while (true)
        {
            if (Takes('+')) sum = Add(sum, Product(), 1);
            else if (Takes('−')) sum = Add(sum, Product(), -1);
            else return sum;
        }

        static Rounded Add(Rounded a, Rounded b, int sign) => Of(a.Value + (sign * b.Value), a.Error + b.Error);
    }

    private Rounded Product()
    {
        var product = Signed();
        while (true)
        {
            if (Takes('×')) product = Times(product, Signed());
            else if (Takes('÷')) product = Over(product, Signed());
            else return product;
        }
    }

    private Rounded Signed() => Takes('−') ? Signed() is var value ? value with { Value = -value.Value } : default : Squared();

    private Rounded Squared()
    {
        var value = Primary();
        while (Takes('²')) value = Times(value, value);
        return value;
    }

    private Rounded Primary()
    {
        if (Takes('(')) return Closed(Sum(), ')');
        if (Takes('|')) return Closed(Sum(), '|') is var inside ? inside with { Value = Math.Abs(inside.Value) } : default;
        if (Takes('½')) return new(0.5, 0);
        if (Takes('√')) return Function("√");
        if (Takes('{'))
        {
            var end = text.IndexOf('}', _at);
            var symbol = text[_at..end];
            _at = end + 1;
            var known = valueOf(symbol);
            return Of(known, 0);
        }

        Skip();
        var from = _at;
        if (char.IsAsciiDigit(text[from]))
        {
            while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] == '.')) _at++;
            return new(double.Parse(text.AsSpan(from, _at - from), CultureInfo.InvariantCulture), 0);
        }

        while (_at < text.Length && char.IsLetter(text[_at])) _at++;
        var name = text[from.._at];
        return name == "e" ? Of(Math.E, 0) : name.Length > 0 ? Function(name) : throw new FormatException($"'{text}' has nothing at {from}.");
    }

    private Rounded Function(string name)
    {
        if (!Takes('(')) throw new FormatException($"'{text}' calls '{name}' with nothing.");
        List<Rounded> inputs = [Sum()];
        while (Takes(';')) inputs.Add(Sum());
        Closed(default, ')');
        var (x, y) = (inputs[0].Value, inputs.Count > 1 ? inputs[1].Value : double.NaN);
        return name switch
        {
            "min" => inputs.MinBy(input => input.Value),
            "max" => inputs.MaxBy(input => input.Value),
            "√" => Slope(Math.Sqrt(x), 0.5 / Math.Sqrt(x)),
            "ln" => Slope(Math.Log(x), 1 / x),
            "exp" => Slope(Math.Exp(x), Math.Exp(x)),
            "lnΓ" => Slope(SpecialFunctions.LogGamma(x), Math.Log(x)),
            "Φ" => Slope(Normal.Cdf(x), Normal.Density(x)),
            "Q" when inputs.Count > 1 => Slope(StudentT.Survival(x, y), Normal.Density(x)),
            "Q" => Slope(Normal.Survival(x), Normal.Density(x)),
            "z" => Slope(Normal.InverseSurvival(x), 1 / Normal.Density(Normal.InverseSurvival(x))),
            "t" => Slope(StudentT.InverseSurvival(x, y), 1 / Normal.Density(Normal.InverseSurvival(x))),
            "X" => Slope(SpecialFunctions.ChiSquareSurvival(x, (int)y), 1),
            "W" => Slope(SpecialFunctions.LowerLambert(x), 1 / x),
            "V" => Slope(SpecialFunctions.ScoreVariance(valueOf("x_c"), valueOf("n_c"), valueOf("x_t"), valueOf("n_t"), x), 1),
            _ => throw new FormatException($"'{text}' calls '{name}', which nobody knows."),
        };

        Rounded Slope(double value, double slope) => Of(value, Math.Abs(slope) * inputs[0].Error);
    }

    private Rounded Closed(Rounded inside, char end) => Takes(end) ? inside : throw new FormatException($"'{text}' wants '{end}' at {_at}.");

    private bool Takes(char letter)
    {
        Skip();
        if (_at >= text.Length || text[_at] != letter) return false;
        _at++;
        return true;
    }

    private void Skip()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
    }

    private static Rounded Times(Rounded a, Rounded b) => Of(a.Value * b.Value, (Math.Abs(a.Value) * b.Error) + (Math.Abs(b.Value) * a.Error));

    private static Rounded Over(Rounded a, Rounded b) => Of(a.Value / b.Value, (a.Error + (Math.Abs(a.Value / b.Value) * b.Error)) / Math.Abs(b.Value));

    private static Rounded Of(double value, double error) => new(value, error + (Rounding * Math.Abs(value)));
}

/// <summary>A value, and how far rounding may have moved it.</summary>
internal readonly record struct Rounded(double Value, double Error)
{
    /// <summary>Whether a number is this one to nine digits, and what rounding takes.</summary>
    public bool Is(double other) => Math.Abs(Value - other) <= (1e-9 * Math.Abs(other)) + (32 * Error);
}
