using Assay.Analysis.Measurement;
using Assay.Server.Cli.Export;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Tests.Cli.Export;

public sealed class UnitExportTests
{
    private const int Block = 64 * 1024;

    [Fact]
    public void Units_are_written_as_they_come_and_none_is_lost()
    {
        var measure = new UnitMeasure(Storage.History.Views[0]);
        using var target = new StringWriter();
        var shape = new ExportShape(["a", "b"], [.. measure.View.Plans.Select(plan => plan.Metric)], measure.View.Covariates, AsOf: 0);
        var export = new UnitExport(measure, new CsvUnits(shape), target);
        var unit = new ScannedUnit();
        var mostHeld = 0;
        for (var number = 1; number <= 5_000; number++)
        {
            unit.Begin(number);
            if (number % 2 == 0) unit.Add(new ExposureRow(Storage.History.Start + number, 1, ""));
            unit.Add(new EventRow("buy", Storage.History.Start + number, 1, Storage.History.Start + number, null));
            export.Visit(unit);

            // A row has more than 100 characters here.
            mostHeld = Math.Max(mostHeld, (int)(export.Units * 100) - target.GetStringBuilder().Length);
        }

        Assert.InRange(mostHeld, 1, Block);
        export.Flush();
        var lines = target.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((2_500, 2_501), (export.Units, lines.Length));
        Assert.All(lines, line => Assert.True(line.Length >= 100));
        Assert.Equal(Enumerable.Range(1, 2_500).Select(i => $"{2 * i}"), lines[1..].Select(line => line[..line.IndexOf(',')]));
    }
}
