namespace Assay.Samples;

internal static class WinsorisationCase
{
    public static void OneCapForBothArms()
    {
        double[] control = [0, 0, 12, 8, 0, 15, 0, 9, 11, 400];
        double[] treatment = [0, 14, 0, 10, 13, 0, 16, 9, 12, 0];
        var caps = Winsorisation.AtQuantiles([.. control, .. treatment], lower: null, upper: 0.9, ignoreZeros: true).Value;
        var raw = FixedHorizon.Welch(Moments.Of(control), Moments.Of(treatment), alpha: 0.05).Value;
        var capped = FixedHorizon.Welch(
            Moments.Of([.. control.Select(caps.Apply)]), Moments.Of([.. treatment.Select(caps.Apply)]), alpha: 0.05).Value;

        Console.WriteLine($"cap {caps.Upper:F2}; capped units: control {control.Count(caps.Caps)}, treatment {treatment.Count(caps.Caps)}");
        Console.WriteLine($"raw    {raw.Effect.Value:F3}, se {raw.Effect.StandardError:F3}");
        Console.WriteLine($"capped {capped.Effect.Value:F3}, se {capped.Effect.StandardError:F3}");
    }
}
