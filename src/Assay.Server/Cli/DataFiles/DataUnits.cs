using System.Runtime.InteropServices;
using Assay.Analysis.Designs;
using Assay.Analysis.Exact;

namespace Assay.Server.Cli.DataFiles;

/// <summary>Adds the rows of each unit up.</summary>
internal static class DataUnits
{
    /// <exception cref="DataFileException">Rows of one unit disagree on a covariate.</exception>
    public static IEnumerable<DataUnit> Of(DataFile file, DataFileShape shape)
    {
        if (shape.UnitColumn is null) return file.Rows.Select(row => Unit(file, shape, [row]));
        var units = new Dictionary<string, List<DataRow>>(StringComparer.Ordinal);
        foreach (var row in file.Rows)
        {
            ref var rows = ref CollectionsMarshal.GetValueRefOrAddDefault(units, row.Unit!, out _);
            (rows ??= []).Add(row);
        }

        return units.Values.Select(rows => Unit(file, shape, rows));
    }

    private static DataUnit Unit(DataFile file, DataFileShape shape, List<DataRow> rows)
    {
        var arm = rows.Min(row => row.Variation);
        var values = new double[shape.Metrics.Length];
        var events = new long[shape.Metrics.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var type = shape.Metrics[i].Type;
            foreach (var row in rows) events[i] += EventsOf(row.Metrics[i], type);
            values[i] = type == MetricType.Binary ? Math.Min(1, events[i]) : type == MetricType.Count ? events[i] : Sum(rows, i);
        }

        return new DataUnit(arm, rows.Exists(row => row.Variation != arm), values, events, Covariates(file, shape, rows));
    }

    /// <summary>Events that a cell stands for: none for 0, as many as it says for a count, otherwise one.</summary>
    public static long EventsOf(double cell, MetricType type) => cell == 0 ? 0 : type == MetricType.Count ? (long)cell : 1;

    private static double Sum(List<DataRow> rows, int metric)
    {
        if (rows.Count == 1) return rows[0].Metrics[metric];
        var sum = new ExactSum();
        foreach (var row in rows) sum.Add(row.Metrics[metric]);
        return sum.Round();
    }

    private static double[] Covariates(DataFile file, DataFileShape shape, List<DataRow> rows)
    {
        if (rows.Count == 1) return rows[0].Covariates;
        var covariates = new double[shape.Covariates.Length];
        for (var i = 0; i < covariates.Length; i++)
        {
            covariates[i] = double.NaN;
            foreach (var row in rows.Where(row => !double.IsNaN(row.Covariates[i])))
            {
                if (!double.IsNaN(covariates[i]) && covariates[i] != row.Covariates[i])
                    throw new DataFileException($"{file.Name}, line {row.Line}, column {shape.Covariates[i]}: an earlier row of unit '{row.Unit}' has another value.");
                covariates[i] = row.Covariates[i];
            }
        }

        return covariates;
    }
}
