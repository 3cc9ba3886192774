using System.Text;
using CsvHelper;

namespace Assay.Server.Cli.DataFiles;

/// <summary>Reads a CSV file (RFC 4180, UTF-8) into rows, and refuses what it cannot read by line and column.</summary>
internal sealed class DataFileReader
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly CsvReaderOptions Dialect = new()
    {
        Separator = ',',
        TrackLineNumbers = true,
        PoolStrings = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
    };

    private readonly string _name;
    private readonly DataFileShape _shape;
    private readonly CsvReader _csv;
    private readonly RowIdentity _identity;
    private readonly List<string> _variations = [];
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);

    private DataFileReader(string name, CsvReader csv, DataFileShape shape, RowIdentity identity)
    {
        (_name, _csv, _shape, _identity) = (name, csv, shape, identity);
        if (shape.Control is { } control) _ = Index(control);
    }

    /// <exception cref="DataFileException">The file cannot be read, or is not what the shape says.</exception>
    public static DataFile Read(FileInfo file, DataFileShape shape)
    {
        try
        {
            using var text = new StreamReader(file.FullName, Strict);
            return Read(file.Name, text, shape);
        }
        catch (DecoderFallbackException failure)
        {
            throw new DataFileException($"{file.Name}: not UTF-8.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException($"{file.Name}: {failure.Message}", failure);
        }
    }

    /// <exception cref="DataFileException">The text is not what the shape says.</exception>
    public static DataFile Read(string name, TextReader text, DataFileShape shape)
    {
        try
        {
            using var csv = CsvReader.Create(text, Dialect, leaveOpen: true);
            using var identity = new RowIdentity();
            return new DataFileReader(name, csv, shape, identity).Read();
        }
        catch (CsvFormatException failure)
        {
            throw new DataFileException($"{name}, line {failure.LineNumber}: {failure.Message}", failure);
        }
    }

    private DataFile Read()
    {
        _csv.ReadHeader();
        if (_csv.Headers.Count == 0) throw new DataFileException($"{_name}, line 1: there is no header.");
        var (unit, variation) = (_shape.UnitColumn is { } name ? Find(name) : -1, Find(_shape.VariationColumn));
        var metrics = _shape.Metrics.Select(metric => Find(metric.Column)).ToArray();
        var covariates = _shape.Covariates.Select(Find).ToArray();
        var rows = new List<DataRow>();
        while (_csv.Read())
        {
            rows.Add(new DataRow(
                _csv.LineNumber,
                unit < 0 ? null : Name(unit, 200),
                Index(Name(variation, 100)),
                Values(metrics, (i, cell) => Cells.Metric(cell, _shape.Metrics[i].Type)),
                Values(covariates, (_, cell) => Cells.Covariate(cell)),
                _identity.Of(_csv)));
        }

        return Checked(new DataFile(_name, [.. _variations], rows));
    }

    private DataFile Checked(DataFile file)
    {
        if (file.Rows.Count == 0) throw new DataFileException($"{_name}, line 2: no rows after the header.");
        if (_shape.Control is { } control && !file.Rows.Any(row => row.Variation == 0))
            throw new DataFileException($"{_name}, column {_shape.VariationColumn}: no row has '{control}', which --control names.");
        if (file.Variations.Length < 2) throw new DataFileException($"{_name}, column {_shape.VariationColumn}: one variation only; there is nothing to compare.");
        if (_shape.Split.Length > 0 && _shape.Split.Length != file.Variations.Length)
            throw new DataFileException($"--split has {_shape.Split.Length} weights for {file.Variations.Length} variations ({string.Join(", ", file.Variations)}).");
        return file;
    }

    private int Find(string column)
    {
        var found = _csv.Headers.Index().Where(header => string.Equals(header.Item, column, StringComparison.Ordinal)).ToList();
        return found.Count switch
        {
            0 => throw new DataFileException($"{_name}, line 1: there is no column '{column}'; the columns are {string.Join(", ", _csv.Headers)}."),
            1 => found[0].Index,
            _ => throw new DataFileException($"{_name}, line 1: column '{column}' occurs twice."),
        };
    }

    private string Name(int column, int longest)
    {
        var cell = _csv.GetString(column);
        if (string.IsNullOrWhiteSpace(cell)) throw At(column, "is empty");
        if (cell.Length > longest && cell.EnumerateRunes().Count() > longest) throw At(column, $"has more than {longest} characters");
        return cell.Contains('\0', StringComparison.Ordinal) ? throw At(column, "has a NUL character") : cell;
    }

    private double[] Values(int[] columns, Func<int, string, (double Value, string? Expected)> read)
    {
        var values = new double[columns.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var cell = _csv.GetString(columns[i]);
            (values[i], var expected) = read(i, cell);
            if (expected is not null) throw At(columns[i], $"holds '{cell}' where {expected} is expected");
        }

        return values;
    }

    private int Index(string variation)
    {
        if (_indices.TryGetValue(variation, out var index)) return index;
        _indices.Add(variation, _variations.Count);
        _variations.Add(variation);
        return _variations.Count - 1;
    }

    private DataFileException At(int column, string what) => new($"{_name}, line {_csv.LineNumber}, column {column + 1} ({_csv.Headers[column]}): {what}.");
}
