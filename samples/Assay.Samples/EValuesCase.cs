namespace Assay.Samples;

internal static class EValuesCase
{
    public static void TurnCombineAndSelect()
    {
        double[] pValues = [0.001, 0.012, 0.2, 0.6];
        double[] e = [.. pValues.Select(p => EValues.Calibrate(p))];

        Console.WriteLine($"e-values {string.Join(" ", e.Select(value => $"{value:F3}"))}");
        Console.WriteLine($"average {EValues.Average(e):F3} (any dependence), product {EValues.Product(e):F3} (independent)");
        Console.WriteLine($"p-value of the average {EValues.ToPValue(EValues.Average(e)):F4}");
        Console.WriteLine($"e-BH adjusted {string.Join(" ", EValues.BenjaminiHochberg(e).Select(p => $"{p:F4}"))}");
    }

    public static void APlannedTestAsEvidenceOnTheWay()
    {
        // The chance under the null that the planned test will reject, over its level.
        foreach (var (fraction, z) in new[] { (0.25, 1.5), (0.5, 2.0), (0.75, 2.2), (1.0, 2.3) })
        {
            Console.WriteLine($"t = {fraction:F2}, z = {z:F1}: e = {Math.Exp(SequentialisedTest.LogEvidence(z, fraction, alpha: 0.05)):F4}");
        }
    }
}
