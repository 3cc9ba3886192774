namespace Assay.Samples;

internal static class MultiplicityCase
{
    public static void AdjustPValues()
    {
        double[] p = [0.005, 0.02, 0.022, 0.05];
        Print("Bonferroni", Multiplicity.Bonferroni(p));
        Print("Holm      ", Multiplicity.Holm(p));
        Print("Hochberg  ", Multiplicity.Hochberg(p));
        Print("Hommel    ", Multiplicity.Hommel(p));
        Print("BH        ", Multiplicity.BenjaminiHochberg(p));
        Print("BY        ", Multiplicity.BenjaminiYekutieli(p));

        static void Print(string name, IEnumerable<double> adjusted) => Console.WriteLine($"{name} {string.Join(" ", adjusted.Select(value => $"{value:F4}"))}");
    }

    public static void SeveralArmsAgainstOneControl()
    {
        // Four treatments, equal arms.
        var infinite = new Dunnett([1, 1, 1, 1, 1], degreesOfFreedom: double.PositiveInfinity);
        var small = new Dunnett([3, 3, 3, 3, 3], degreesOfFreedom: 10);

        Console.WriteLine($"critical value {infinite.CriticalValue(alpha: 0.05):F4}, with 10 df {small.CriticalValue(alpha: 0.05):F4}");
        Console.WriteLine($"adjusted p of z = 2.5: {infinite.Survival(2.5):F5}");
    }

    public static void AGateBetweenPrimaryAndSecondary()
    {
        // Two primaries share the level; what the first wins goes on to the secondary, what the second wins to the first.
        double[] weights = [0.5, 0.5, 0];
        var adjusted = GraphicalTest.AdjustedPValues(weights, [[0, 0.5, 0.5], [1, 0, 0], [0, 0, 0]], [0.01, 0.03, 0.02]);

        Console.WriteLine(string.Join(" ", adjusted.Select(value => $"{value:F4}")));
    }
}
