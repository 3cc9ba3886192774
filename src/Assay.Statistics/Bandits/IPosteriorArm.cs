namespace Assay.Statistics;

/// <summary>The posterior of an arm, seen on a scale u where its density is log-concave; all arms of a comparison share the scale.</summary>
internal interface IPosteriorArm
{
    /// <summary>E θ.</summary>
    double Mean { get; }

    /// <summary>Where the density in u is highest.</summary>
    double Mode { get; }

    /// <summary>A length in u of the order of the density's width.</summary>
    double Scale { get; }

    /// <summary>ln of the density in u.</summary>
    double LogDensity(Place u);

    /// <summary>The density in u, P(U ≤ u) and P(U &gt; u).</summary>
    (double Density, double Below, double Above) At(Place u);
}
