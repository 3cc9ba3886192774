namespace Assay.Analysis.Calibration.Chance;

/// <summary>A finite distribution that is drawn from in constant time (Walker 1977; Vose 1991).</summary>
internal sealed class OutcomeTable
{
    private readonly double[] _keep;
    private readonly int[] _other;

    /// <param name="weights">Weight of each outcome, ≥ 0; they need not sum to 1.</param>
    public OutcomeTable(IReadOnlyList<double> weights)
    {
        var total = weights.Sum();
        _keep = [.. weights.Select(weight => weight * weights.Count / total)];
        _other = [.. Enumerable.Range(0, weights.Count)];
        var (small, large) = (new Stack<int>(), new Stack<int>());
        for (var i = 0; i < _keep.Length; i++) (_keep[i] < 1 ? small : large).Push(i);
        while (small.TryPop(out var less) && large.TryPop(out var more))
        {
            _other[less] = more;
            _keep[more] -= 1 - _keep[less];
            (_keep[more] < 1 ? small : large).Push(more);
        }
    }

    /// <summary>Index of an outcome.</summary>
    public int Draw(Draws draws)
    {
        var position = draws.Uniform() * _keep.Length;
        var index = (int)position;
        return position - index < _keep[index] ? index : _other[index];
    }
}
