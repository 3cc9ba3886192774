namespace Assay.Server.Cli.DataFiles;

/// <summary>What a unit's rows add up to.</summary>
/// <param name="Arm">The lowest of its variations: the server, too, orders exposures of one moment by variation.</param>
/// <param name="IsCrossover">Whether it was seen in more than one.</param>
/// <param name="Values">One value a metric.</param>
/// <param name="Events">One number of events a metric.</param>
/// <param name="Covariates">One value a covariate, NaN where missing.</param>
internal readonly record struct DataUnit(int Arm, bool IsCrossover, double[] Values, long[] Events, double[] Covariates);
