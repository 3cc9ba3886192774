using System.Globalization;

namespace Assay.Server.Dashboard.Charts;

/// <summary>Lines over time: two scales, and paths of a picture a thousand wide that is stretched to any width.</summary>
internal sealed record LinePlot(Scale Time, Scale Value)
{
    public const int Width = 1000;

    public DateTimeOffset From => DateTimeOffset.FromUnixTimeMilliseconds((long)Time.From);

    public DateTimeOffset To => DateTimeOffset.FromUnixTimeMilliseconds((long)Time.To);

    /// <summary>Axes that hold two moments and two values; where both are one, a little around it.</summary>
    public static LinePlot Of(DateTimeOffset from, DateTimeOffset to, double low, double high)
    {
        var (first, last) = ((double)from.ToUnixTimeMilliseconds(), (double)to.ToUnixTimeMilliseconds());
        if (first >= last) (first, last) = (first - TimeSpan.MillisecondsPerHour, first + TimeSpan.MillisecondsPerHour);
        return new(new Scale(first, last), low < high ? new Scale(low, high) : new Scale(low - 0.5, low + 0.5));
    }

    /// <summary>Through the points in their order; a lone one is a line of no length, which a round cap makes a dot. Values outside stay at the edge.</summary>
    public string Line(IEnumerable<(DateTimeOffset At, double Value)> points, int height)
    {
        string[] places = [.. points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{Across(point.At) / 100 * Width:0.#} {Down(point.Value, height):0.#}"))];
        return places.Length switch { 0 => "", 1 => $"M{places[0]}h0", _ => "M" + string.Join('L', places) };
    }

    /// <summary>Distance from the left, in percent of the width.</summary>
    public double Across(DateTimeOffset at) => Time.Place(at.ToUnixTimeMilliseconds());

    /// <summary>Distance of a value from the top of a picture so many high.</summary>
    public double Down(double value, int height) => (1 - (Value.Place(value) / 100)) * height;

    public bool Holds(DateTimeOffset at) => Time.Holds(at.ToUnixTimeMilliseconds());
}
