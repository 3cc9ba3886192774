namespace Assay.Statistics;

/// <summary>The integrals over the largest and the second largest of independent variables, summed node by node.</summary>
internal sealed class OrderSums(int count)
{
    private readonly (double Density, double Below, double Above)[] _at = new (double, double, double)[count];
    private readonly Others[] _before = new Others[count];

    public double[] Best { get; } = new double[count];

    public double[] Second { get; } = new double[count];

    public double[] Loss { get; } = new double[count];

    /// <summary>Adds a node, its weight in u and in θ.</summary>
    public void Add(List<IPosteriorArm> arms, Place u, double weight, double measure)
    {
        var others = Others.None;
        for (var i = 0; i < count; i++)
        {
            _at[i] = arms[i].At(u);
            _before[i] = others;
            others = others.With(_at[i].Below, _at[i].Above);
        }

        others = Others.None;
        for (var i = count - 1; i >= 0; i--)
        {
            var all = _before[i].With(others);
            Best[i] += weight * _at[i].Density * all.NoneAbove;
            Second[i] += weight * _at[i].Density * all.OneAbove;
            Loss[i] += measure * _at[i].Below * all.SomeAbove;
            others = others.With(_at[i].Below, _at[i].Above);
        }
    }

    /// <summary>Of a set of other arms: the probabilities that none, exactly one, or some of them lie above the node. Every step adds and multiplies only, so none is a difference from 1.</summary>
    private readonly record struct Others(double NoneAbove, double OneAbove, double SomeAbove)
    {
        public static Others None => new(1, 0, 0);

        public Others With(double below, double above) => new(NoneAbove * below, (OneAbove * below) + (NoneAbove * above), SomeAbove + (NoneAbove * above));

        public Others With(Others more) => new(NoneAbove * more.NoneAbove, (OneAbove * more.NoneAbove) + (NoneAbove * more.OneAbove), SomeAbove + (NoneAbove * more.SomeAbove));
    }
}
