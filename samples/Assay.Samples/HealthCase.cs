namespace Assay.Samples;

internal static class HealthCase
{
    public static void ADayOnWhichAnArmWasMissing()
    {
        long[][] days = [[251, 249], [248, 252], [249, 148], [255, 245]];
        double[] weighted = [.. days.Select((day, i) => Math.Exp(SampleRatio.SequentialLogEvidence(day, [1, 1], concentration: 100)) / ((i + 1) * (i + 2)))];
        var adjusted = EValues.BenjaminiHochberg([.. weighted.Select(e => e * days.Length)]);

        Console.WriteLine($"weighted e-values {string.Join(" ", weighted.Select(e => $"{e:F4}"))}");
        Console.WriteLine($"adjusted p of the days {string.Join(" ", adjusted.Select(p => $"{p:G3}"))}");
    }

    public static void ThirteenDaysInARow()
    {
        double P(long above, long below) => SampleRatio.SequentialPValue([above, below], [1, 1], concentration: 1);

        Console.WriteLine($"treatment above control on 7 of 7 days: p = {P(7, 0):F4}; 13 of 13: p = {P(13, 0):F6}; 19 of 20: p = {P(19, 1):F6}");
    }
}
