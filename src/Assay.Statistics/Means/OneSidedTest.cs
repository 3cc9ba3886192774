namespace Assay.Statistics;

/// <summary>A one-sided test of an effect against a margin.</summary>
/// <param name="Effect">The contrast: the effect less its margin, in the metric's unit.</param>
/// <param name="Statistic">t or z of the contrast.</param>
/// <param name="PValue">One-sided, in the direction of the inside of the margins.</param>
public sealed record OneSidedTest(Estimate Effect, double Statistic, double PValue);
