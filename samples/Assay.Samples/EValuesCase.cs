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
}
