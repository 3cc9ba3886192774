namespace Assay.Samples;

internal static class CovariateAdjustmentCase
{
    public static void FourSlopes()
    {
        // One row a unit: the metric, then the same metric before exposure. Unequal arms with unequal slopes.
        var control = JointMoments.Of([10, 8], [12, 11], [9, 9], [15, 14], [7, 5], [11, 10], [14, 12], [8, 7], [13, 13], [10, 9]);
        var treatment = JointMoments.Of([13, 8], [12, 12], [15, 10], [11, 13]);
        Print("optimal      ", CovariateAdjustment.Optimal(control, treatment).Value);
        Print("pooled within", CovariateAdjustment.PooledWithin(control, treatment).Value);
        Print("total        ", CovariateAdjustment.Total(control, treatment).Value);
        Print("separate     ", CovariateAdjustment.Separate(control, treatment).Value);

        static void Print(string name, AdjustedArms adjusted)
        {
            var effect = Effect.Absolute(adjusted.Control, adjusted.Treatment);
            Console.WriteLine($"{name} theta {adjusted.Theta[0]:F4}, {adjusted.ThetaTreatment[0]:F4}; effect {effect.Value:F4}, se {effect.StandardError:F4}, variance cut {adjusted.VarianceReduction:P1}");
        }
    }

    public static void UnitsWithoutAPreviousPeriod()
    {
        // Metric, covariate (0 where missing), missing indicator. Whatever stands in for the missing value, the answer is the same.
        foreach (var fill in new double[] { 0, 100 })
        {
            var control = JointMoments.Of([10, 8, 0], [12, 11, 0], [9, 9, 0], [5, fill, 1], [7, 5, 0], [4, fill, 1]);
            var treatment = JointMoments.Of([11, 8, 0], [14, 12, 0], [12, 10, 0], [6, fill, 1], [7, fill, 1], [9, 6, 0]);
            var adjusted = CovariateAdjustment.Optimal(control, treatment).Value;
            var effect = Effect.Absolute(adjusted.Control, adjusted.Treatment);

            Console.WriteLine($"filled with {fill,3}: effect {effect.Value:F4}, se {effect.StandardError:F4}");
        }
    }

    public static void ARatioAdjusted()
    {
        // Clicks, views, clicks before, views before: linearise both ratios, then adjust the one by the other.
        var control = JointMoments.Of([1, 10, 1, 9], [0, 4, 1, 5], [3, 12, 2, 11], [2, 9, 2, 8], [0, 2, 0, 3], [5, 20, 4, 18]);
        var treatment = JointMoments.Of([2, 9, 1, 9], [1, 5, 0, 4], [4, 11, 3, 12], [2, 10, 1, 9], [1, 2, 0, 2], [7, 18, 5, 19]);
        var (c, t) = (Ratio.Linearise(control, (0, 1), (2, 3)).Value, Ratio.Linearise(treatment, (0, 1), (2, 3)).Value);
        var adjusted = CovariateAdjustment.Optimal(c, t).Value;
        var effect = Effect.Absolute(adjusted.Control, adjusted.Treatment);

        Console.WriteLine($"effect {effect.Value:F5}, se {effect.StandardError:F5}, variance cut {adjusted.VarianceReduction:P1}");
    }
}
