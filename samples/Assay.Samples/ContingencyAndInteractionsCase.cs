namespace Assay.Samples;

internal static class ContingencyAndInteractionsCase
{
    public static void AreTwoAssignmentsIndependent()
    {
        var table = Contingency.Of([762, 327, 468], [484, 239, 477]).Value;

        Console.WriteLine($"chi-square {table.ChiSquare:F3} on {table.DegreesOfFreedom} df, p = {table.PValue:E3}");
        Console.WriteLine($"G {table.LikelihoodRatio:F3}, Cramer's V {table.CramersV:F4}, smallest expected {table.MinimumExpected:F2}");
    }

    public static void DoesOneExperimentChangeTheOther()
    {
        var test = Interaction.Of(Cell(100), Cell(103), Cell(104), Cell(105));
        var interaction = FixedHorizon.Infer(test.Difference, alpha: 0.05).Value;

        Console.WriteLine($"effect of the first {test.First.Value:F2}, of the second {test.Second.Value:F2}");
        Console.WriteLine($"interaction {interaction.Effect.Value:F2}, z = {interaction.Statistic:F4}, p = {interaction.PValue:F4}; in logarithms {test.LogRatio.Value.Value:F5}");

        static Estimate Cell(double mean) => new(mean, Variance: 0.25, DegreesOfFreedom: double.PositiveInfinity);
    }

    public static void ATrendOverDoses()
    {
        // Not converted, converted, at four doses.
        var z = Contingency.Trend([83, 80, 72, 68], [17, 20, 28, 32]).Value;

        Console.WriteLine($"z = {z:F4}");
    }
}
