#!/usr/bin/env python3
"""Times SciPy and statsmodels on the cases of `bench -- kernel`, under the same names.

    dotnet run -c Release --project bench/Assay.Benchmarks -- kernel > kernel.txt
    python3 bench/python/kernel.py              # its own table
    python3 bench/python/kernel.py kernel.txt   # side by side, with ratios

Needs numpy, scipy and statsmodels (Debian: python3-scipy, python3-statsmodels). Every case computes the same numbers
to at least the same order of accuracy; where neither library has an equivalent the table says so.
"""
import sys
import time

import numpy as np
import scipy
import scipy.integrate
import scipy.optimize
import scipy.special as special
import scipy.stats as stats
import statsmodels
from statsmodels.stats import proportion

SPLITS = [
    ("5 %, +1 %", 50_000, 50_500, 1_000_000),
    ("10 %, +5 %", 100_000, 105_000, 1_000_000),
    ("5 %, 2,000 units", 100, 112, 2_000),
    ("2 %, 500 units", 10, 14, 500),
    ("4 and 8 of 1e6", 4, 8, 1_000_000),
]


def welch(n1, mean1, ss1, n2, mean2, ss2):
    """p-value and interval of a difference of means, from moments: ttest_ind_from_stats and the interval by hand."""
    v1, v2 = ss1 / (n1 - 1) / n1, ss2 / (n2 - 1) / n2
    test = stats.ttest_ind_from_stats(mean2, np.sqrt(v2 * n2), n2, mean1, np.sqrt(v1 * n1), n1, equal_var=False)
    df = (v1 + v2) ** 2 / (v1**2 / (n1 - 1) + v2**2 / (n2 - 1))
    radius = special.stdtrit(df, 0.975) * np.sqrt(v1 + v2)
    return test.pvalue, mean2 - mean1 - radius, mean2 - mean1 + radius


def beats(x, y, n):
    """P(B > A) by adaptive quadrature of f_B·F_A over the bulk of B, to 1e-10."""
    a1, b1, a2, b2 = 1 + x, 1 + n - x, 1 + y, 1 + n - y
    low, high = special.btdtri(a2, b2, 1e-15), special.btdtri(a2, b2, 1 - 1e-15)
    return scipy.integrate.quad(lambda p: beta_pdf(p, a2, b2) * special.btdtr(a1, b1, p), low, high, epsabs=0, epsrel=1e-10, limit=200)[0]


def beta_pdf(p, a, b):
    return np.exp((a - 1) * np.log(p) + (b - 1) * np.log1p(-p) - special.betaln(a, b))


def compare(x, y, n):
    """Probabilities, both losses and the 95 % interval of the difference: quadratures of vectors of 200 Gauss nodes, and a root for each end."""
    a1, b1, a2, b2 = 1 + x, 1 + n - x, 1 + y, 1 + n - y
    nodes, weights = GAUSS
    low, high = special.btdtri(a2, b2, 1e-15), special.btdtri(a2, b2, 1 - 1e-15)
    p = low + (high - low) * (nodes + 1) / 2
    mass = (high - low) / 2 * weights * beta_pdf(p, a2, b2)
    above = mass @ special.btdtr(a1, b1, p)
    mean1, mean2 = a1 / (a1 + b1), a2 / (a2 + b2)
    loss = mass @ (p * special.btdtr(a1, b1, p) - mean1 * special.btdtr(a1 + 1, b1, p))
    deviation = np.sqrt(mean1 * (1 - mean1) / (a1 + b1) + mean2 * (1 - mean2) / (a2 + b2))

    def end(q):
        middle = mean2 - mean1
        return scipy.optimize.brentq(lambda d: mass @ (1 - special.btdtr(a1, b1, np.clip(p - d, 0, 1))) - q, middle - 6 * deviation, middle + 6 * deviation, xtol=1e-12)

    return above, 1 - above, loss, loss - (mean2 - mean1), end(0.025), end(0.975)


GAUSS = np.polynomial.legendre.leggauss(200)


def cases():
    yield "normal cdf", "scipy.special.ndtr", lambda: special.ndtr(1.7)
    yield "normal quantile", "scipy.special.ndtri", lambda: special.ndtri(0.975)
    yield "t cdf, 18 df", "scipy.special.stdtr", lambda: special.stdtr(18, 2.1)
    yield "t quantile, 18 df", "scipy.special.stdtrit", lambda: special.stdtrit(18, 0.975)
    yield "t quantile, 1e6 df", "scipy.special.stdtrit", lambda: special.stdtrit(1e6, 0.975)
    yield "beta cdf (50,000; 450,000)", "scipy.special.btdtr", lambda: special.btdtr(50_000, 450_000, 0.1005)
    yield "beta quantile (50,000; 450,000)", "scipy.special.btdtri", lambda: special.btdtri(50_000, 450_000, 0.975)
    yield "gamma cdf, shape 50", "scipy.special.gammainc", lambda: special.gammainc(50, 60)
    yield "Welch with interval, 1e6 units", "scipy.stats.ttest_ind_from_stats", lambda: welch(500_000, 10.0, 2_000_000, 500_000, 10.02, 2_050_000)
    yield "Welch with interval, 44 units", "scipy.stats.ttest_ind_from_stats", lambda: welch(20, 10.0, 80, 24, 10.9, 96)
    yield "pooled z with p-value", "statsmodels proportions_ztest", lambda: proportion.proportions_ztest([50_400, 50_000], [1_000_000, 1_000_000])
    yield "score interval of a difference", "statsmodels confint_proportions_2indep, score", lambda: proportion.confint_proportions_2indep(
        50_400, 1_000_000, 50_000, 1_000_000, compare="diff", method="score", correction=False)
    for name, x, y, n in SPLITS:
        yield f"P(B > A), {name}", "scipy.integrate.quad", lambda x=x, y=y, n=n: beats(x, y, n)
        yield f"posterior comparison, {name}", "numpy nodes, scipy.optimize.brentq", lambda x=x, y=y, n=n: compare(x, y, n)


ABSENT = [
    "best of 5 arms",
    "20 looks, Lan–DeMets",
    "20 looks, O'Brien–Fleming",
    "20 looks, Pocock",
    "20 looks, Pocock, again",
    "readout, 3 arms × 10 metrics",
]


def least(work, batches=60):
    """Microseconds a call: the least of many batches of about 2 ms."""
    for _ in range(20):
        work()
    calls = 1
    while elapsed(work, calls) < 2e-3 and calls < 1 << 20:
        calls *= 2
    return min(elapsed(work, calls) for _ in range(batches)) / calls * 1e6


def elapsed(work, calls):
    began = time.perf_counter()
    for _ in range(calls):
        work()
    return time.perf_counter() - began


def ours(path):
    """The table printed by `bench -- kernel`: name → microseconds."""
    with open(path, encoding="utf-8") as table:
        rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in table if line.startswith("| ")]
    return {row[0]: float(row[1]) for row in rows if row[0] != "case"}


def main():
    known = ours(sys.argv[1]) if len(sys.argv) > 1 else None
    print(f"SciPy {scipy.__version__}, statsmodels {statsmodels.__version__}, NumPy {np.__version__}, Python {sys.version.split()[0]}\n")
    print("| case | by | µs |" if known is None else "| case | Assay, µs | Python, µs | ratio | by |")
    print("|---|---|---:|" if known is None else "|---|---:|---:|---:|---|")
    for name, by, work in cases():
        theirs = least(work)
        if known is None:
            print(f"| {name} | {by} | {theirs:.3g} |", flush=True)
        elif name in known:
            print(f"| {name} | {known[name]:.3g} | {theirs:.3g} | {theirs / known[name]:.2g} | {by} |", flush=True)
    for name in ABSENT:
        if known is None:
            print(f"| {name} | no equivalent | |")
        elif name in known:
            print(f"| {name} | {known[name]:.3g} | | | no equivalent |")


if __name__ == "__main__":
    main()
