"""Values of the Hillstrom e-mail experiment by SciPy, against which `assay analyze` is tested.

Usage: python3 hillstrom_expected.py hillstrom.csv > hillstrom_expected.json     (needs numpy and scipy)
"""
import csv
import json
import sys

import numpy as np
from scipy import integrate, optimize, stats

ARMS = ["No E-Mail", "Womens E-Mail", "Mens E-Mail"]
METRICS = [("visit", "binary"), ("conversion", "binary"), ("spend", "continuous")]
ALPHA = 0.05

rows = list(csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8")))
arm = np.array([ARMS.index(row["segment"]) for row in rows])
history = np.array([float(row["history"]) for row in rows])


def score_interval(xc, nc, xt, nt, level):
    """{d : |dhat - d| <= z sqrt(V(d))}, V at the maximum likelihood restricted to p_t - p_c = d, found numerically."""
    z, dhat = stats.norm.isf(level / 2), xt / nt - xc / nc

    def excess(d):
        def slope(p):
            q = p + d
            return xc / p - (nc - xc) / (1 - p) + xt / q - (nt - xt) / (1 - q)

        low, high = max(0.0, -d), min(1.0, 1 - d)
        p = optimize.brentq(slope, low + 1e-14, high - 1e-14, xtol=1e-16)
        q = p + d
        return abs(dhat - d) - z * np.sqrt(p * (1 - p) / nc + q * (1 - q) / nt)

    return optimize.brentq(excess, -0.3, dhat, xtol=1e-14), optimize.brentq(excess, dhat, 0.3, xtol=1e-14)


def beats(xc, nc, xt, nt):
    c, t = stats.beta(1 + xc, 1 + nc - xc), stats.beta(1 + xt, 1 + nt - xt)
    middle, width = t.mean(), 12 * t.std()
    return integrate.quad(lambda p: t.pdf(p) * c.cdf(p), middle - width, middle + width, points=[c.mean(), middle], epsabs=1e-13, epsrel=1e-12, limit=400)[0]


def adjusted(y, t):
    """The difference after the covariate with the variance-minimising slope."""
    parts = [(y[arm == a], history[arm == a]) for a in (0, t)]
    moments = [np.cov(v, x, ddof=1) / len(v) for v, x in parts]
    theta = sum(m[0, 1] for m in moments) / sum(m[1, 1] for m in moments)
    grand = np.concatenate([x for _, x in parts]).mean()
    means = [v.mean() - theta * (x.mean() - grand) for v, x in parts]
    variances = [np.var(v - theta * x, ddof=1) / len(v) for v, x in parts]
    return {"theta": theta, "effect": means[1] - means[0], "standard_error": float(np.sqrt(sum(variances))),
            "plain_variance": sum(m[0, 0] for m in moments), "adjusted_variance": sum(variances)}


result = {"counts": [int((arm == a).sum()) for a in range(3)], "metrics": []}
chi = stats.chisquare(result["counts"])
result["srm"] = {"chi_square": chi.statistic, "p_value": chi.pvalue}
for name, kind in METRICS:
    y = np.array([float(row[name]) for row in rows])
    metric = {"name": name, "arms": [], "comparisons": []}
    for a in range(3):
        v = y[arm == a]
        metric["arms"].append({"exposed_users": len(v), "converted_users": int((v != 0).sum()), "mean": v.mean(), "std": v.std(ddof=1)})
    for t in (1, 2):
        c, v = y[arm == 0], y[arm == t]
        if kind == "binary":
            xc, nc, xt, nt = int(c.sum()), len(c), int(v.sum()), len(v)
            pooled = (xc + xt) / (nc + nt)
            statistic = (xt / nt - xc / nc) / np.sqrt(pooled * (1 - pooled) * (1 / nc + 1 / nt))
            p, interval, beat = 2 * stats.norm.sf(abs(statistic)), score_interval(xc, nc, xt, nt, ALPHA), beats(xc, nc, xt, nt)
        else:
            test = stats.ttest_ind(v, c, equal_var=False)
            statistic, p = test
            se = np.sqrt(v.var(ddof=1) / len(v) + c.var(ddof=1) / len(c))
            a, b = v.var(ddof=1) / len(v), c.var(ddof=1) / len(c)
            df = (a + b) ** 2 / (a * a / (len(v) - 1) + b * b / (len(c) - 1))
            q = stats.t.isf(ALPHA / 2, df)
            interval = (v.mean() - c.mean() - q * se, v.mean() - c.mean() + q * se)
            beat = stats.norm.cdf((v.mean() - c.mean()) / se)
        metric["comparisons"].append({"treatment_index": t, "effect": v.mean() - c.mean(), "effect_relative": (v.mean() - c.mean()) / c.mean(), "test_statistic": statistic, "p_value": p,
                                      "ci_lower": interval[0], "ci_upper": interval[1], "probability_treatment_beats_control": beat, "cuped": adjusted(y, t)})
    pair = [entry["cuped"] for entry in metric["comparisons"]]
    metric["variance_reduction"] = 1 - sum(entry["adjusted_variance"] for entry in pair) / sum(entry["plain_variance"] for entry in pair)
    result["metrics"].append(metric)
json.dump(result, sys.stdout, indent=2, default=float)
print()
