namespace Assay.Statistics.Distributions;

/// <summary>A function of one variable, as a structure: a search over it is compiled for it and allocates nothing.</summary>
internal interface IFunction
{
    /// <summary>The value at x.</summary>
    double At(double x);
}

/// <summary>Any function, where a search is rare enough for a delegate.</summary>
internal readonly struct Delegated(Func<double, double> f) : IFunction
{
    /// <inheritdoc/>
    public double At(double x) => f(x);
}
