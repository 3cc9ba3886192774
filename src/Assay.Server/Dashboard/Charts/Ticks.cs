using System.Collections.Immutable;

namespace Assay.Server.Dashboard.Charts;

/// <summary>Round numbers along an axis: steps of 1, 2 or 5 times a power of ten.</summary>
internal static class Ticks
{
    /// <summary>The multiples of the roundest step that gives at most <paramref name="atMost"/> of them inside the domain.</summary>
    public static ImmutableArray<double> Within(Scale scale, int atMost)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, 1);
        var step = Step((scale.To / atMost) - (scale.From / atMost));
        while (Math.Floor(scale.To / step) - Math.Ceiling(scale.From / step) + 1 > atMost)
        {
            step = Step(step * 1.5);
        }

        var first = Math.Ceiling(scale.From / step);
        var count = Math.Floor(scale.To / step) - first + 1;

        // Index times step, never a running sum, so that 0 is exactly 0 and 0.3 is not 0.30000000000000004 steps away.
        return [.. Enumerable.Range(0, (int)Math.Max(0, count)).Select(index => (first + index) * step)];
    }

    /// <summary>The smallest 1, 2 or 5 times a power of ten that is at least <paramref name="width"/>.</summary>
    public static double Step(double width)
    {
        if (!double.IsFinite(width) || width <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(width), width, "A step needs a finite, positive width.");
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(width)));
        foreach (var multiple in (ReadOnlySpan<double>)[1, 2, 5])
        {
            if (multiple * power >= width * (1 - 1e-9))
            {
                return multiple * power;
            }
        }

        return 10 * power;
    }
}
