namespace Assay.Statistics;

/// <summary>A pooled z and the difference with its unpooled variance.</summary>
/// <param name="Effect">p_t − p_c with variance p_t q_t/n_t + p_c q_c/n_c.</param>
/// <param name="PooledError">√(p(1 − p)(1/n_c + 1/n_t)).</param>
/// <param name="Z">The difference over the pooled error.</param>
public readonly record struct PooledZ(Estimate Effect, double PooledError, double Z);
