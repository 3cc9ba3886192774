using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;

namespace Assay.Server.Cli.DataFiles;

/// <summary>The arguments by which <c>analyze</c> and <c>import</c> understand a file, the same on both.</summary>
internal sealed class DataFileArguments
{
    /// <summary>Columns that the moments of one metric may have, its own and two a covariate.</summary>
    private const int MostCovariates = 3;

    private readonly Argument<FileInfo> _file = new("file") { Description = "A CSV file (RFC 4180) in UTF-8 with a header line.", HelpName = "FILE.csv" };
    private readonly Option<string> _unit = new("--unit") { Description = "The column that names the unit, or 'row' when every row is a unit. Several rows of a unit are summed.", HelpName = "COLUMN|row", Required = true };
    private readonly Option<string> _variation = new("--variation") { Description = "The column that names the variation.", HelpName = "COLUMN", Required = true };
    private readonly Option<string?> _control = new("--control") { Description = "The control's value in that column. [default: the first in the file]", HelpName = "VALUE" };
    private readonly Option<string[]> _metric = new("--metric") { Description = "A metric; the first is the primary, the others are secondary. An empty, false or zero cell is no event.", HelpName = "COLUMN:binary|continuous|count", Required = true, Arity = ArgumentArity.OneOrMore };
    private readonly Option<string[]> _covariate = new("--covariate") { Description = "A column measured before the experiment; an empty cell is missing.", HelpName = "COLUMN" };
    private readonly Option<string?> _split = new("--split") { Description = "Planned weights of the variations, the control first, then in the order of the file. [default: equal]", HelpName = "50,50" };

    public void AddTo(Command command)
    {
        command.Add(_file);
        foreach (var option in (Option[])[_unit, _variation, _control, _metric, _covariate, _split]) command.Add(option);
    }

    public FileInfo File(ParseResult parsed) => parsed.GetRequiredValue(_file);

    /// <exception cref="DataFileException">An argument is wrong.</exception>
    public DataFileShape Read(ParseResult parsed)
    {
        var unit = parsed.GetRequiredValue(_unit);
        var metrics = parsed.GetRequiredValue(_metric).Select(MetricColumn.Parse).ToImmutableArray();
        var covariates = (parsed.GetValue(_covariate) ?? []).ToImmutableArray();
        if (metrics.Select(metric => metric.Column).FirstDuplicate() is { } metric) throw new DataFileException($"--metric {metric} is given twice.");
        if (covariates.FirstDuplicate() is { } covariate) throw new DataFileException($"--covariate {covariate} is given twice.");
        if (covariates.Length > MostCovariates) throw new DataFileException($"--covariate: at most {MostCovariates} are supported.");
        return new DataFileShape(
            unit is "row" ? null : unit, parsed.GetRequiredValue(_variation), parsed.GetValue(_control), metrics, covariates, Weights(parsed.GetValue(_split)));
    }

    private static ImmutableArray<double> Weights(string? text)
    {
        if (text is null) return [];
        var weights = ImmutableArray.CreateBuilder<double>();
        foreach (var part in text.Split(','))
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) || !double.IsFinite(weight) || weight < 0)
                throw new DataFileException($"--split {text}: '{part}' is not a weight.");
            weights.Add(weight);
        }

        return weights.Count(weight => weight > 0) < 2 ? throw new DataFileException($"--split {text}: at least two weights must be above 0.") : weights.ToImmutable();
    }
}

/// <summary>Questions about lists.</summary>
internal static class Lists
{
    public static string? FirstDuplicate(this IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return names.FirstOrDefault(name => !seen.Add(name));
    }
}
