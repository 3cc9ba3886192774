namespace Assay.Server.Dashboard.Charts;

/// <summary>A linear map of a closed domain to places from 0 to 100 along a picture's width, so that a picture keeps its shape at any width without a script.</summary>
internal readonly record struct Scale
{
    public Scale(double from, double to)
    {
        if (!double.IsFinite(from) || !double.IsFinite(to) || from >= to)
        {
            throw new ArgumentException("A scale needs a finite domain of positive width.", nameof(to));
        }

        From = from;
        To = to;
    }

    public double From { get; }

    public double To { get; }

    /// <summary>The place of a value, in percent of the width; values outside the domain stay at its edge.</summary>
    public double Place(double value) => double.IsNaN(value)
        ? throw new ArgumentException("Not a number has no place.", nameof(value))
        : Math.Clamp(((value / 2) - (From / 2)) / ((To / 2) - (From / 2)) * 100, 0, 100);

    public bool Holds(double value) => value >= From && value <= To;
}
