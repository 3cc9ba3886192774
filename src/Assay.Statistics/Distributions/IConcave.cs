namespace Assay.Statistics.Distributions;

/// <summary>The logarithm of an integrand, concave, with its derivative; as a structure, so that its integral allocates nothing.</summary>
internal interface IConcave
{
    /// <summary>g(u).</summary>
    double Log(double u);

    /// <summary>g′(u), falling.</summary>
    double Slope(double u);
}

/// <summary>Who is shown the nodes of an integral.</summary>
internal interface INodeVisitor
{
    /// <summary>A node, its weight and the logarithm of the integrand there.</summary>
    void Visit(double u, double weight, double log);
}
