namespace Assay.Samples;

internal static class QuantilesCase
{
    public static void MedianLatency()
    {
        double[] control = [87, 91, 95, 99, 102, 104, 110, 115, 121, 125, 133, 140, 151, 166, 180, 210];
        double[] treatment = [80, 84, 86, 90, 93, 97, 99, 103, 108, 112, 118, 126, 139, 150, 171, 205];
        var (c, t) = (Quantile.Of(control, 0.5).Value, Quantile.Of(treatment, 0.5).Value);
        var test = FixedHorizon.Infer(c, t, alpha: 0.05).Value;

        Console.WriteLine($"control {c.Value:F2} (se {c.StandardError:F3}), treatment {t.Value:F2} (se {t.StandardError:F3})");
        Console.WriteLine($"difference {test.Effect.Value:F2} [{test.Interval.Lower:F2}, {test.Interval.Upper:F2}], p = {test.PValue:F4}");
    }

    public static void SeveralRequestsAUser()
    {
        double[][] users = [[87, 91, 89], [140, 151, 139], [99, 95], [210, 180, 205, 190], [110, 115], [121, 125, 119], [102, 104], [166, 160, 171]];
        double[] requests = [.. users.SelectMany(user => user).Order()];

        Console.WriteLine($"as if requests were independent: se {Quantile.Of(requests, 0.5).Value.StandardError:F3}");
        Console.WriteLine($"by user:                         se {Quantile.OfClusters(users, 0.5).Value.StandardError:F3}");
    }
}
