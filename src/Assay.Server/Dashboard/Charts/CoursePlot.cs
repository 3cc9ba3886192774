using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Assay.Server.Dashboard.Charts;

/// <summary>An effect and its interval over time: two scales, and the paths of a picture a thousand wide that is stretched to any width.</summary>
internal sealed record CoursePlot(Scale Time, Scale Effect, ImmutableArray<CourseDot> Dots)
{
    public const int Width = 1000;

    /// <summary>Beyond so many heights outside the picture a path goes on level: nobody sees it, and its numbers stay short.</summary>
    private const double Beyond = 9;

    public DateTimeOffset From => DateTimeOffset.FromUnixTimeMilliseconds((long)Time.From);

    public DateTimeOffset To => DateTimeOffset.FromUnixTimeMilliseconds((long)Time.To);

    /// <summary>Axes that hold zero, every dot's time and the whole of the last interval, and follow earlier, wider ones at most twice as far.</summary>
    /// <param name="dots">In order of time, at least one.</param>
    /// <param name="since">What the axis of time begins with at the latest.</param>
    /// <param name="until">What the axis of time reaches to at least.</param>
    /// <param name="marks">Intervals that are drawn besides, wholly in the picture.</param>
    public static CoursePlot Of(ImmutableArray<CourseDot> dots, DateTimeOffset? since, DateTimeOffset? until, params IEnumerable<Whisker> marks)
    {
        ArgumentOutOfRangeException.ThrowIfZero(dots.Length, nameof(dots));
        var (from, to) = ((double)dots[0].At.ToUnixTimeMilliseconds(), (double)dots[^1].At.ToUnixTimeMilliseconds());
        if (since?.ToUnixTimeMilliseconds() is { } begin) from = Math.Min(from, begin);
        if (until?.ToUnixTimeMilliseconds() is { } end) to = Math.Max(to, end);
        if (from >= to) (from, to) = (from - TimeSpan.MillisecondsPerHour, to + TimeSpan.MillisecondsPerHour);
        var whiskers = dots.Select(dot => dot.Whisker).OfType<Whisker>().ToList();
        return new(new Scale(from, to), ForestPlot.Around([.. whiskers.TakeLast(1), .. marks], whiskers).Scale, dots);
    }

    /// <summary>The area between the ends of the intervals; in parts where some dots have none.</summary>
    public string Band(int height)
    {
        var path = new StringBuilder();
        foreach (var part in Parts(dot => dot.Low is not null && dot.High is not null))
        {
            Follow(path, part.Select(dot => (dot.At, dot.High!.Value)), height, 'M');
            Follow(path, part.Reverse().Select(dot => (dot.At, dot.Low!.Value)), height, 'L');
            path.Append('z');
        }

        return path.ToString();
    }

    /// <summary>The estimates; in parts where some dots have none. A lone one is a line of no length, which a round cap makes a dot.</summary>
    public string Line(int height)
    {
        var path = new StringBuilder();
        foreach (var part in Parts(dot => dot.Effect is not null))
        {
            Follow(path, part.Select(dot => (dot.At, dot.Effect!.Value)), height, 'M');
            if (part.Length == 1) path.Append("h0");
        }

        return path.ToString();
    }

    /// <summary>Distance of a value from the top of a picture so many high.</summary>
    public double Down(double value, int height) => (1 - (Effect.Place(value) / 100)) * height;

    private IEnumerable<ImmutableArray<CourseDot>> Parts(Func<CourseDot, bool> has)
    {
        var part = ImmutableArray.CreateBuilder<CourseDot>();
        foreach (var dot in Dots)
        {
            if (has(dot)) part.Add(dot);
            else if (part.Count > 0) yield return part.DrainToImmutable();
        }

        if (part.Count > 0) yield return part.DrainToImmutable();
    }

    private void Follow(StringBuilder path, IEnumerable<(DateTimeOffset At, double Value)> dots, int height, char command)
    {
        foreach (var (at, value) in dots)
        {
            var x = Time.Place(at.ToUnixTimeMilliseconds()) / 100 * Width;

            // In parts, since the ends of a huge interval are further apart than a double reaches.
            var up = ((value / 2) - (Effect.From / 2)) / ((Effect.To / 2) - (Effect.From / 2));
            var y = (1 - Math.Clamp(up, -Beyond, 1 + Beyond)) * height;
            path.Append(CultureInfo.InvariantCulture, $"{command}{x:0.#} {y:0.#}");
            command = 'L';
        }
    }
}

/// <summary>An effect at a moment, and the interval around it; null where there is none.</summary>
internal readonly record struct CourseDot(DateTimeOffset At, double? Effect, double? Low, double? High)
{
    /// <summary>What the axis has to make room for.</summary>
    public Whisker? Whisker => Effect is { } effect ? new Whisker(effect, Low ?? effect, High ?? effect) : null;
}
