namespace Assay.Statistics;

/// <summary>Levels of one design at many heights of its bounds, on one walk's room.</summary>
internal sealed class NullWalk
{
    private readonly StoppedWalk _walk = new(0);

    /// <summary>P(some Z beyond height·shape) with no effect, both sides together.</summary>
    public double Level(ReadOnlySpan<double> fractions, ReadOnlySpan<double> shape, double height, int sides)
    {
        _walk.Restart();
        double above = 0, below = 0;
        for (var k = 0; k < fractions.Length; k++)
        {
            double upper = height * shape[k], lower = sides == 2 ? -upper : double.NegativeInfinity;
            _walk.Approach(fractions[k]);
            above += _walk.Above(upper);
            below += _walk.Below(lower);
            if (k + 1 < fractions.Length) _walk.Continue(lower, upper, fractions[k + 1]);
        }

        return above + below;
    }
}
