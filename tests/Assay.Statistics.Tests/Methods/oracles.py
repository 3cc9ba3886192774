"""The numbers of docs/methods by other people's code: SciPy, NumPy, statsmodels, mpmath, and R where it is installed.

Not part of the tests (they need none of these). Run it after a page changed:  /usr/bin/python3 oracles.py
Every line computes numbers without this library and demands to find them, so printed, on the page.
"""
import pathlib
import shutil
import subprocess
import warnings

import mpmath
import numpy as np
import scipy.stats as st
import statsmodels.api as sm
from scipy import optimize, special
from scipy.integrate import simpson
from statsmodels.stats import multitest, proportion
from statsmodels.stats.power import TTestIndPower

warnings.filterwarnings("ignore")
PAGES = pathlib.Path(__file__).resolve().parents[3] / "docs" / "methods"
NORMAL, Z = st.norm, st.norm.isf(0.025)
root = optimize.brentq
found = 0


def on(page, *texts):
    global found
    text = (PAGES / f"{page}.md").read_text()
    for expected in texts:
        assert expected in text, f"{page}: {expected!r} is not on the page"
        found += 1


def numbers(values, digits):
    return " ".join(f"{v:.{digits}f}" for v in values)


def moments():
    y = [12, 0, 7, 3, 5, 9, 0, 1, 8]
    on("moments-and-estimates", f"mean = {np.mean(y):.4f}, variance of a unit = {np.var(y, ddof=1):.4f}", f"standard error = {st.sem(y):.4f}")


def proportions():
    z, p = proportion.proportions_ztest([56, 48], [70, 80])
    newcombe = proportion.confint_proportions_2indep(56, 70, 48, 80, method="newcomb")
    wald = proportion.confint_proportions_2indep(56, 70, 48, 80, method="wald")
    on("two-proportions", f"z = {z:.4f}, p = {p:.6f}", f"[{newcombe[0]:.4f}, {newcombe[1]:.4f}]", f"[{wald[0]:.4f}, {wald[1]:.4f}]")


def means():
    drug1, drug2 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0], [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    t, p = st.ttest_ind(drug2, drug1, equal_var=False)
    on("two-means", f"t = {t:.4f}", f"p = {p:.5f}")


def lift():
    c, vc, t, vt = 0.10, 0.09 / 1000, 0.12, 0.1056 / 1000
    fieller = lambda r: (t - r * c) ** 2 - Z * Z * (vt + r * r * vc)
    delta, log = np.sqrt(vt / c**2 + t**2 * vc / c**4), np.sqrt(vc / c**2 + vt / t**2)
    on("relative-lift", f"Fieller [{root(fieller, 0, 1.2) - 1:.4f}, {root(fieller, 1.2, 3) - 1:.4f}]", f"delta   [{0.2 - Z * delta:.4f}, {0.2 + Z * delta:.4f}]",
       f"log     [{1.2 * np.exp(-Z * log) - 1:.4f}, {1.2 * np.exp(Z * log) - 1:.4f}]", f"p of the difference = {2 * NORMAL.sf(0.02 / np.sqrt(vc + vt)):.4f}")
    outside = lambda r: (2 - r * 0.5) ** 2 - 1.959964**2 * (0.09 + r * r * 0.09)
    on("relative-lift", f"({root(outside, -100, 0) - 1:.3f}, {root(outside, 0, 4) - 1:.3f})")


def ratio(rows):
    y, x = np.array(rows, float).T
    r = y.sum() / x.sum()
    return r, ((y - r * x) / x.mean()).std(ddof=1) / np.sqrt(len(y))


def ratios():
    c = ratio([[1, 10], [0, 4], [3, 12], [2, 9], [0, 2], [5, 20], [1, 7], [2, 8]])
    t = ratio([[2, 9], [1, 5], [4, 11], [2, 10], [1, 2], [7, 18], [2, 7], [2, 6]])
    d, se = t[0] - c[0], np.hypot(c[1], t[1])
    df = se**4 / (c[1] ** 4 / 7 + t[1] ** 4 / 7)
    q = st.t.isf(0.025, df)
    on("ratio-metrics", f"{c[0]:.5f}, se {c[1]:.5f}", f"{t[0]:.5f}, se {t[1]:.5f}", f"{d:.5f} [{d - q * se:.5f}, {d + q * se:.5f}], p = {2 * st.t.sf(d / se, df):.5f}")


def optimal(control, treatment):
    s = np.cov(control.T) / len(control) + np.cov(treatment.T) / len(treatment)
    theta, d = np.linalg.solve(s[1:, 1:], s[0, 1:]), treatment.mean(0) - control.mean(0)
    variance = s[0, 0] - theta @ s[0, 1:]
    return d[0] - theta @ d[1:], np.sqrt(variance), 1 - variance / s[0, 0]


def covariates():
    c = np.array([[10, 8], [12, 11], [9, 9], [15, 14], [7, 5], [11, 10], [14, 12], [8, 7], [13, 13], [10, 9]], float)
    t = np.array([[13, 8], [12, 12], [15, 10], [11, 13]], float)
    y, x, arm = np.r_[c[:, 0], t[:, 0]], np.r_[c[:, 1], t[:, 1]], np.r_[np.zeros(10), np.ones(4)]
    ancova = sm.OLS(y, sm.add_constant(np.c_[arm, x])).fit().params
    on("covariate-adjustment", f"pooled within theta {ancova[2]:.4f}, {ancova[2]:.4f}; effect {ancova[1]:.4f}")
    on("covariate-adjustment", f"total         theta {np.polyfit(x, y, 1)[0]:.4f}", f"separate      theta {np.polyfit(*c.T[::-1], 1)[0]:.4f}, {np.polyfit(*t.T[::-1], 1)[0]:.4f}")
    effect, se, cut = optimal(c, t)
    on("covariate-adjustment", f"effect {effect:.4f}, se {se:.4f}, variance cut {cut:.1%}".replace("%", " %"))
    for fill in (0, 100):
        effect, se, _ = optimal(np.array([[10, 8, 0], [12, 11, 0], [9, 9, 0], [5, fill, 1], [7, 5, 0], [4, fill, 1]], float),
                                np.array([[11, 8, 0], [14, 12, 0], [12, 10, 0], [6, fill, 1], [7, fill, 1], [9, 6, 0]], float))
        on("covariate-adjustment", f"filled with {fill:3}: effect {effect:.4f}, se {se:.4f}")

    def linearised(rows):
        a, b, e, f = np.array(rows, float).T
        return np.c_[(a - a.sum() / b.sum() * b) / b.mean() + a.sum() / b.sum(), (e - e.sum() / f.sum() * f) / f.mean() + e.sum() / f.sum()]

    effect, se, cut = optimal(linearised([[1, 10, 1, 9], [0, 4, 1, 5], [3, 12, 2, 11], [2, 9, 2, 8], [0, 2, 0, 3], [5, 20, 4, 18]]),
                              linearised([[2, 9, 1, 9], [1, 5, 0, 4], [4, 11, 3, 12], [2, 10, 1, 9], [1, 2, 0, 2], [7, 18, 5, 19]]))
    on("covariate-adjustment", f"effect {effect:.5f}, se {se:.5f}, variance cut {cut:.1%}".replace("%", " %"))


def strata_and_caps():
    v = lambda x, n: x / n * (1 - x / n) / (n - 1)
    se = np.sqrt(0.25 * (v(900, 9000) + v(110, 1000) + v(1000, 5000) + v(1050, 5000)))
    on("post-stratification", f"0.0100, se {se:.5f} [{0.01 - Z * se:.4f}, {0.01 + Z * se:.4f}]", f"pooled     {1160 / 6000 - 1900 / 14000:.4f}")
    a, b = np.array([0, 0, 12, 8, 0, 15, 0, 9, 11, 400.0]), np.array([0, 14, 0, 10, 13, 0, 16, 9, 12, 0.0])
    both = np.r_[a, b]
    cap = np.quantile(both[both != 0], 0.9)
    se = lambda u, w: np.sqrt(u.var(ddof=1) / 10 + w.var(ddof=1) / 10)
    on("winsorisation", f"cap {cap:.2f}", f"raw    {b.mean() - a.mean():.3f}, se {se(a, b):.3f}")
    a, b = np.minimum(a, cap), np.minimum(b, cap)
    on("winsorisation", f"capped {b.mean() - a.mean():.3f}, se {se(a, b):.3f}")


def quantiles():
    def median(x):
        h = Z * np.sqrt(0.25 / len(x))
        return np.quantile(x, 0.5), (np.quantile(x, 0.5 + h) - np.quantile(x, 0.5 - h)) / (2 * Z)

    c = median([87, 91, 95, 99, 102, 104, 110, 115, 121, 125, 133, 140, 151, 166, 180, 210])
    t = median([80, 84, 86, 90, 93, 97, 99, 103, 108, 112, 118, 126, 139, 150, 171, 205])
    se = np.hypot(c[1], t[1])
    on("quantiles", f"{c[0]:.2f} (se {c[1]:.3f})", f"{t[0]:.2f} (se {t[1]:.3f})", f"[{-12.5 - Z * se:.2f}, {-12.5 + Z * se:.2f}], p = {2 * NORMAL.sf(12.5 / se):.4f}")
    users = [[87, 91, 89], [140, 151, 139], [99, 95], [210, 180, 205, 190], [110, 115], [121, 125, 119], [102, 104], [166, 160, 171]]
    plain = median(np.concatenate(users))
    _, below = ratio([[sum(v <= plain[0] for v in u), len(u)] for u in users])
    on("quantiles", f"se {plain[1]:.3f}", f"se {plain[1] * below / np.sqrt(0.25 / sum(map(len, users))):.3f}")


def sample_ratio():
    n1, n2 = 821588, 815482
    chi = st.chisquare([n1, n2])
    on("sample-ratio", f"chi-square {chi[0]:.3f}", f"{chi[1]:.2E}".replace("E-0", "E-00"))

    def ln_e(theta):
        g = mpmath.loggamma
        return float(g(5000 + n1) + g(5000 + n2) - g(10000 + n1 + n2) - 2 * g(5000) + g(10000) - n1 * mpmath.log(theta) - n2 * mpmath.log(1 - theta))

    bound = lambda theta: ln_e(theta) - np.log(1000)
    on("sample-ratio", f"{np.exp(-ln_e(0.5)):.2E}".replace("E-0", "E-00"), f"[{root(bound, 0.49, 0.5018):.5f}, {root(bound, 0.5019, 0.51):.5f}]")


def health():
    ln_e = lambda a, b, c: special.betaln(c / 2 + a, c / 2 + b) - special.betaln(c / 2, c / 2) + (a + b) * np.log(2)
    days = [(251, 249), (248, 252), (249, 148), (255, 245)]
    weighted = np.array([np.exp(ln_e(a, b, 100)) / ((i + 1) * (i + 2)) for i, (a, b) in enumerate(days)])
    on("health", f"weighted e-values {numbers(weighted, 4)}", f"1 1 {1 / weighted[2]:.3g} 1", f"e^{{{ln_e(*days[2], 100):.2f}}}")
    p = [np.exp(-ln_e(a, b, 1)) for a, b in ((7, 0), (13, 0), (19, 1))]
    on("health", f"p = {p[0]:.4f}; 13 of 13: p = {p[1]:.6f}; 19 of 20: p = {p[2]:.6f}")


def crossing(t, low, high, drift, points=601):
    """First-crossing probabilities of a Gaussian walk by Simpson's rule."""
    up, down, at, g, s, w = [], [], 0, None, None, None
    for k, now in enumerate(t):
        d = now - at
        b, a = high[k] * np.sqrt(now), low[k] * np.sqrt(now)
        tail = (lambda bound, side: NORMAL.sf(side * (bound - drift * d) / np.sqrt(d))) if g is None else (
            lambda bound, side: (w * g * NORMAL.sf(side * (bound - s - drift * d) / np.sqrt(d))).sum())
        up.append(tail(b, 1))
        down.append(tail(a, -1))
        start, end = max(a, drift * now - 9 * np.sqrt(now)), min(b, drift * now + 9 * np.sqrt(now))
        x, h = np.linspace(start, end, points), (end - start) / (points - 1)
        weight = np.full(points, 2 * h / 3)
        weight[1::2], weight[0], weight[-1] = 4 * h / 3, h / 3, h / 3
        density = NORMAL.pdf((x - drift * d) / np.sqrt(d)) if g is None else (w * g * NORMAL.pdf((x[:, None] - s - drift * d) / np.sqrt(d))).sum(1)
        g, s, w, at = density / np.sqrt(d), x, weight, now
    return np.array(up), np.array(down)


def error(t, z):
    return sum(map(np.sum, crossing(t, -z, z, 0)))


def inflation(t, z, beta=0.2):
    fixed = Z + NORMAL.isf(beta)
    drift = root(lambda th: crossing(t, -z, z, th)[0].sum() - (1 - beta), 2.5, 4.5, xtol=1e-7)
    up, down = crossing(t, -z, z, drift)
    stop = (up + down)[:-1]
    return (drift / fixed) ** 2, (drift / fixed) ** 2 * ((t[:-1] * stop).sum() + 1 - stop.sum())


def group_sequential():
    t = np.arange(1, 6) / 5
    for shape in (t**-0.5, np.ones(5)):
        c = root(lambda c: error(t, c * shape) - 0.05, 1.9, 2.6, xtol=1e-9)
        size, expected = inflation(t, c * shape)
        on("group-sequential", f"C = {c:.4f}: {numbers(c * shape, 3)}", f"inflation {size:.4f}, expected size under the effect {expected:.3f}")
    on("group-sequential", f"{error(t, np.full(5, Z)):.4f}")
    looks, bounds, spent = np.array([0.22, 0.47, 0.81]), [], 0
    for k in range(3):
        total = 2 * NORMAL.sf(NORMAL.isf(0.0125) / np.sqrt(looks[k]))
        ahead = lambda z: np.log(crossing(looks[: k + 1], -np.array(bounds + [z]), np.array(bounds + [z]), 0)[0][k] / (total - spent))
        bounds.append(root(ahead, 1, 7))
        spent = total
        on("group-sequential", f"|z| > {bounds[k]:.4f}, spent so far {2 * spent:.6f}")
    z = 2.0400731748 * t**-0.5
    upper = lambda th: crossing(t[:3], np.r_[-z[:2], -50], np.r_[z[:2], 2.9], th)[0].sum()
    low, middle, high = (root(lambda th: upper(th) - p, -3, 12) for p in (0.025, 0.5, 0.975))
    on("group-sequential", f"p = {2 * upper(0):.6f}", f"median-unbiased {middle:.4f} [{low:.4f}, {high:.4f}]")


def e_values():
    e = np.array([0.5 * p**-0.5 for p in (0.001, 0.012, 0.2, 0.6)])
    on("e-values", numbers(e, 3), f"average {e.mean():.3f}", f"product {e.prod():.3f}", f"{1 / e.mean():.4f}")
    for t, z in ((0.25, 1.5), (0.5, 2.0), (0.75, 2.2)):
        chance = sum(NORMAL.sf((Z - side * z * np.sqrt(t)) / np.sqrt(1 - t)) for side in (1, -1))
        on("e-values", f"z = {z:.1f}: e = {chance / 0.05:.4f}")


def bayes():
    a, b = st.beta(51, 951), st.beta(66, 936)
    x = np.linspace(0, 0.2, 400001)
    fa, below_a, below_b = a.pdf(x), a.cdf(x), b.cdf(x)
    on("bayesian", f"{simpson(b.pdf(x) * below_a, x=x):.6f}", f"keep control {simpson(below_a * (1 - below_b), x=x):.6f}, ship treatment {simpson(below_b * (1 - below_a), x=x):.6f}")
    cdf = lambda d: simpson(fa * b.cdf(x + d), x=x)
    on("bayesian", f"[{root(lambda d: cdf(d) - 0.025, -0.05, 0.02):.6f}, {root(lambda d: cdf(d) - 0.975, 0, 0.08):.6f}]")
    v = 1 / (1 / 0.04 + 1 / 0.09)
    p = NORMAL(v * 0.5 / 0.04, np.sqrt(v))
    on("bayesian", f"posterior {p.mean():.4f}, sd {p.std():.4f}", f"{p.cdf(-0.1):.4f}, within {p.cdf(0.1) - p.cdf(-0.1):.4f}, P(effect > 0.1) = {p.sf(0.1):.4f}")


def multiplicity():
    for name, method in {"Bonferroni": "bonferroni", "Holm      ": "holm", "Hochberg  ": "simes-hochberg", "Hommel    ": "hommel", "BH        ": "fdr_bh", "BY        ": "fdr_by"}.items():
        on("multiplicity", f"{name} {numbers(multitest.multipletests([0.005, 0.02, 0.022, 0.05], method=method)[1], 4)}")
    x, half = np.linspace(-9, 9, 4001), np.sqrt(0.5)
    beyond = lambda d: 1 - simpson(NORMAL.pdf(x) * (NORMAL.cdf((d + half * x) / half) - NORMAL.cdf((-d + half * x) / half)) ** 4, x=x)
    s = np.linspace(0.05, 2.6, 601)
    scale = st.chi.pdf(s * np.sqrt(10), 10) * np.sqrt(10)
    small = root(lambda d: simpson(scale * np.array([beyond(d * q) for q in s]), x=s) - 0.05, 2.5, 3.2, xtol=1e-7)
    on("multiplicity", f"critical value {root(lambda d: beyond(d) - 0.05, 2, 3):.4f}, with 10 df {small:.4f}", f"{beyond(2.5):.5f}")


def margins():
    v = 900 / 20000
    se, df = np.sqrt(v * (1 + 0.98**2)), 19999 * (1 + 0.98**2) ** 2 / (1 + 0.98**4)
    on("non-inferiority-and-equivalence", f"{1.4 - st.t.isf(0.05, df) * se:.4f}", f"p = {2 * st.t.sf(0.6 / np.sqrt(2 * v), 39998):.4f}")

    def against(f):
        vc, vt = f * f, 1.2
        return (101 - 100 * f) / np.sqrt(vc + vt), (vc + vt) ** 2 / (vc**2 / 99 + vt**2 / 89)

    on("non-inferiority-and-equivalence", f"{st.t.sf(*against(0.95)):.6f}, of the upper {st.t.cdf(*against(1.05)):.6f}")


def rules():
    distance = NORMAL.isf(0.05) + NORMAL.isf(0.2)
    on("decision-rule", f"success x {((NORMAL.isf(0.025) + NORMAL.isf(0.05)) / distance) ** 2:.4f}, guardrail x {(2 * NORMAL.isf(0.05) / distance) ** 2:.4f}")


def planning():
    on("planning", f"{(Z + NORMAL.isf(0.2)) ** 2 * 1800:.2f} an arm", f"{TTestIndPower().solve_power(0.5, power=0.8, alpha=0.05):.5f}")
    power = NORMAL.cdf(0.1 / 3.28 - Z) + NORMAL.cdf(-0.1 / 3.28 - Z)
    on("planning", f"power {power:.4f}, wrong sign {NORMAL.cdf(-0.1 / 3.28 - Z) / power:.3f}")


def exact():
    on("exact-tests", f"p = {st.fisher_exact([[3, 1], [1, 3]])[1]:.4f}", f"odds ratio {st.contingency.odds_ratio([[3, 1], [1, 3]]).statistic:.6f}")
    peas = st.binomtest(682, 925, 0.75)
    on("exact-tests", f"p = {peas.pvalue:.4f} [{peas.proportion_ci().low:.7f}, {peas.proportion_ci().high:.7f}]")
    rate = st.binomtest(22, 33, 900 / 1700)
    low, high = (s / (1 - s) * 800 / 900 for s in rate.proportion_ci())
    on("exact-tests", f"{22 / 900 / (11 / 800):.4f} [{low:.4f}, {high:.4f}], p = {rate.pvalue:.5f}")


def ranks():
    a, b = [1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1], [3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4]
    munzel = st.brunnermunzel(a, b)
    plain, corrected = (st.mannwhitneyu(b, a, use_continuity=c).pvalue for c in (False, True))
    on("rank-tests", f"t = {munzel[0]:.6f}", f"p = {munzel[1]:.7f}", f"p = {plain:.6f}, with continuity {corrected:.6f}", f"shift {np.median(np.subtract.outer(b, a)):.1f}")
    on("rank-tests", f"exact p = {st.mannwhitneyu([4.4, 5.5, 6.6, 3.7], [1.1, 2.2, 3.3, 4.0], method='exact').pvalue:.6f}")


def tables():
    rows = [[762, 327, 468], [484, 239, 477]]
    pearson, g = st.chi2_contingency(rows), st.chi2_contingency(rows, lambda_="log-likelihood")
    on("contingency-and-interactions", f"chi-square {pearson[0]:.3f} on 2 df", f"{pearson[1]:.3E}".replace("E-0", "E-00"), f"G {g[0]:.3f}")


def heterogeneity():
    def pooled(y, se):
        w = 1 / se**2
        mean, df = (w * y).sum() / w.sum(), len(y) - 1
        q = (w * (y - mean) ** 2).sum()
        return mean, w.sum() ** -0.5, q, st.chi2.sf(q, df), max(0, (q - df) / (w.sum() - (w**2).sum() / w.sum()))

    mean, se, q, p, _ = pooled(np.array([28, 8, -3, 7, -1, 1, 18, 12.0]), np.array([15, 10, 16, 11, 9, 11, 10, 18.0]))
    on("heterogeneity-and-winners-curse", f"mean {mean:.4f}, se {se:.4f}, Q {q:.4f}, p = {p:.4f}")
    y, se = np.array([0.8, 2.9, 0.2, 3.6]), np.array([0.5, 0.6, 0.5, 0.9])
    _, _, q, p, tau = pooled(y, se)
    weights = lambda t: 1 / (se**2 + t)
    spread = lambda t: (weights(t) * (y - (weights(t) * y).sum() / weights(t).sum()) ** 2).sum()
    reml = optimize.minimize_scalar(lambda t: (np.log(se**2 + t).sum() + np.log(weights(t).sum()) + spread(t)) / 2, bounds=(0, 50), method="bounded", options={"xatol": 1e-9}).x
    on("heterogeneity-and-winners-curse", f"Q {q:.4f} on 3 df, p = {p:.5f}", f"DerSimonian-Laird {tau:.4f}, Paule-Mandel {root(lambda t: spread(t) - 3, 0, 50):.4f}, REML {reml:.4f}")
    chosen = lambda th: NORMAL.sf(Z - th) + NORMAL.sf(Z + th)
    mean = lambda th: th + (NORMAL.pdf(Z - th) - NORMAL.pdf(Z + th)) / chosen(th)
    below = lambda th: 1 - NORMAL.sf(2.5 - th) / chosen(th)
    middle, low, high = (root(lambda th: below(th) - p, -3, 6) for p in (0.5, 0.975, 0.025))
    on("heterogeneity-and-winners-curse", f"likelihood {root(lambda th: mean(th) - 2.5, -3, 3):.4f}, median-unbiased {middle:.4f} [{low:.4f}, {high:.4f}]")


def novelty():
    x, e, s = np.arange(1, 8.0), np.array([0.121, 0.098, 0.089, 0.061, 0.058, 0.043, 0.047]), 0.016
    q = ((e - e.mean()) ** 2).sum() / s**2
    line, se, early = np.polyfit(x, e, 1), s / np.sqrt(28), e[:3].mean() - e[4:].mean()
    on("novelty", f"Q = {q:.3f} on 6 df, p = {st.chi2.sf(q, 6):.5f}", f"slope {line[0]:.5f} a day, se {se:.5f}, p = {2 * NORMAL.sf(-line[0] / se):.6f}",
       f"Q = {((e - np.polyval(line, x)) ** 2).sum() / s**2:.3f} on 5 df", f"{early:.4f}, p = {2 * NORMAL.sf(early / (s * np.sqrt(2 / 3))):.5f}")
    inverse = np.linalg.inv(np.array([[4, 2, 1], [2, 4, 2], [1, 2, 4]]) * 1e-4)
    design = np.c_[np.ones(3), [1, 2, 3]]
    c = np.linalg.inv(design.T @ inverse @ design)
    on("novelty", f"slope {(c @ design.T @ inverse @ [0.12, 0.09, 0.05])[1]:.5f}, se {np.sqrt(c[1, 1]):.5f}")


def clusters():
    y = np.array([10, 12, 11, 13, 20, 22, 19, 21, 15, 14, 16, 15, 18, 20, 19, 17, 25, 24, 27, 26, 14, 16, 13, 15.0])
    x, shop = sm.add_constant(np.r_[np.zeros(12), np.ones(12)]), np.repeat(range(6), 4)
    fit = lambda corrected: sm.OLS(y, x).fit(cov_type="cluster", cov_kwds={"groups": shop, "use_correction": corrected})
    bread, e = np.linalg.inv(x.T @ x), y - x @ fit(True).params
    hat, meat, g = x @ bread @ x.T, 0, []
    for k in range(6):
        i = shop == k
        values, vectors = np.linalg.eigh(np.eye(4) - hat[np.ix_(i, i)])
        reduced = vectors @ np.diag(values**-0.5) @ vectors.T
        score = x[i].T @ reduced @ e[i]
        meat = meat + np.outer(score, score)
        g.append((np.eye(24) - hat)[:, i] @ reduced @ x[i] @ bread[:, 1])
    values = np.linalg.eigvalsh(np.array(g) @ np.array(g).T)
    se, df = np.sqrt((bread @ meat @ bread)[1, 1]), values.sum() ** 2 / (values**2).sum()
    on("clusters", f"se CR0 {fit(False).bse[1]:.4f}, CR1 {fit(True).bse[1]:.4f}, CR2 {se:.4f} on {df:.2f} df",
       f"p = {2 * st.t.sf(fit(True).params[1] / se, df):.4f}; as if the customers had been assigned, p = {st.ttest_ind(y[12:], y[:12], equal_var=False)[1]:.4f}")
    series = sm.OLS([50, 52, 58, 57, 51, 49, 60, 61, 54, 53, 59, 62.0], sm.add_constant(np.tile([0, 0, 1, 1], 3))).fit(cov_type="HAC", cov_kwds={"maxlags": 2, "use_correction": False})
    on("clusters", f"effect {series.params[1]:.4f}, se {series.bse[1]:.4f}")


def bandits():
    arms, x = [st.beta(49, 953), st.beta(56, 946), st.beta(62, 940)], np.linspace(0, 0.2, 400001)
    f, cdf = [a.pdf(x) for a in arms], [a.cdf(x) for a in arms]
    others = [(cdf[1], cdf[2]), (cdf[0], cdf[2]), (cdf[0], cdf[1])]
    best = np.array([simpson(f[i] * a * b, x=x) for i, (a, b) in enumerate(others)])
    second = np.array([simpson(f[i] * ((1 - a) * b + a * (1 - b)), x=x) for i, (a, b) in enumerate(others)])
    top = simpson(1 - cdf[0] * cdf[1] * cdf[2], x=x)
    on("bandits", numbers(best, 6), numbers((best + second) / 2, 6), numbers([top - a.mean() for a in arms], 6))
    d, v, h = np.array([0.0244, 0.0239]), np.array([0.0852 / 938 + 0.1008 / 937, 0.079 / 400 + 0.0955 / 1600]), np.array([1875 * 0.5, 2000 * 0.4])
    effect, se = h @ d / h.sum(), np.sqrt(h**2 @ v) / h.sum()
    on("bandits", f"{effect:.5f}, se {se:.5f} [{effect - Z * se:.5f}, {effect + Z * se:.5f}]", f"z = {(d / np.sqrt(v)).sum() / np.sqrt(2):.5f}")


def always_valid():
    stretch = lambda alpha: -special.lambertw(-(alpha**2) / np.e, -1).real - 1
    tau, v, x = 0.18 * stretch(0.05), 0.72, 3.2
    ln_e = 0.5 * np.log(v / (v + tau)) + tau * x * x / (2 * v * (v + tau))
    radius = np.sqrt(v * (v + tau) / tau * (2 * np.log(20) + np.log((v + tau) / v)))
    on("always-valid", f"mixture variance {tau:.5f}, ln e = {ln_e:.5f}", f"[{x - radius:.4f}, {x + radius:.4f}], p = {np.exp(-ln_e):.5f}")
    tau = 0.18 * stretch(0.10)
    side = lambda r: np.log(2) + 0.5 * np.log(v / (v + tau)) + tau * r * r / (2 * v * (v + tau)) + NORMAL.logcdf(r * np.sqrt(tau / (v * (v + tau)))) - np.log(20)
    on("always-valid", f"one-sided 5 %: {root(side, 0.1, 9):.5f}")
    t, rho = np.arange(1, 29) / 28, 1 / stretch(0.05)
    shape = np.sqrt((1 + rho / t) * (2 * np.log(20) + np.log(1 + t / rho)))
    factor = root(lambda c: error(t, c * shape) - 0.05, 0.8, 0.9, xtol=1e-7)
    on("always-valid", f"factor {factor:.4f}; on day 7 |z| > {factor * shape[6]:.4f}, on the last day {factor * shape[27]:.4f}", f"p = {error(t, x / np.sqrt(v) / shape[6] * shape):.5f}")
    on("always-valid", f"{error(t, shape):.4f}", f"{inflation(t, shape)[0]:.3f}", f"{inflation(t, factor * shape)[0]:.3f}", f"{error(t, np.full(28, Z)):.4f}")
    beta = lambda p: special.betaln(4, 38) - special.betaln(1, 1) - 3 * np.log(p) - 37 * np.log1p(-p) - np.log(20)
    on("always-valid", f"[{root(beta, 1e-9, 0.075):.5f}, {root(beta, 0.075, 0.9):.5f}]")
    rare_proportions()
    evidence, seen = 0, np.zeros(4)
    for xc, nc, xt, nt in [(1, 20, 4, 20), (2, 20, 7, 20), (0, 20, 5, 20), (1, 20, 8, 20)]:
        pc, pt = (0.18 + seen[0]) / (0.36 + seen[1]), (0.18 + seen[2]) / (0.36 + seen[3])
        p0 = (nc * pc + nt * pt) / (nc + nt)
        evidence += sum(k * np.log(p / p0) + (n - k) * np.log((1 - p) / (1 - p0)) for k, n, p in ((xc, nc, pc), (xt, nt, pt)))
        seen += (xc, nc, xt, nt)
    on("always-valid", f"ln e = {evidence:.5f}, p = {np.exp(-evidence):.5f}")
    student = lambda t: 0.5 * np.log(1 / 11) + 19.5 * (np.log1p(t * t / 38) - np.log1p(t * t / 38 / 11))
    on("always-valid", f"ln e = {student(3.1):.5f}; rejects beyond |t| = {root(lambda t: student(t) - np.log(20), 1, 10):.5f}")
    spread = 1.4 * np.log(np.log(2 * 100 / 10)) + np.log(special.zeta(1.4) / (0.025 * np.log(2) ** 1.4))
    on("always-valid", f"{(2**0.25 + 2**-0.25) / np.sqrt(2) * np.sqrt(100 * spread):.5f}", f"{np.sqrt((100 + 100 / stretch(0.05)) * (2 * np.log(20) + np.log(1 + stretch(0.05)))):.5f}")


def rare_proportions():
    """Opposed priors Beta(2000 s + a, 2000 (1 - s) + b), 2000 = 3000/1.5, apart by sqrt(2 ln 20) planned standard errors."""
    half = np.sqrt(2 * np.log(20) * 0.01 * 0.99 * 2 / 3000) / 2
    pull, push = 2000 * np.expm1(half / 0.01), 2000 * np.expm1(half / 0.99)

    def ln_m(s, x, n, a, b):
        return special.betaln(2000 * s + a + x, 2000 * (1 - s) + b + n - x) - special.betaln(2000 * s + a, 2000 * (1 - s) + b) - x * np.log(s) - (n - x) * np.log1p(-s)

    def ln_e(c, t, xc, xt, n):
        up = ln_m(c, xc, n, 0.5, 0.5 + pull) + ln_m(t, xt, n, 0.5 + push, 0.5)
        down = ln_m(c, xc, n, 0.5 + push, 0.5) + ln_m(t, xt, n, 0.5, 0.5 + pull)
        return np.logaddexp(up, down) - np.log(2)

    least = lambda f, low, high: optimize.minimize_scalar(f, bounds=(low, high), method="bounded", options={"xatol": 1e-13}).fun
    against = lambda d, xc=15, xt=42, n=2000: least(lambda c: ln_e(c, c + d, xc, xt, n), max(1e-9, 1e-9 - d), 0.2)
    ratio_at = lambda r: least(lambda c: ln_e(c, r * c, 15, 42, 2000), 1e-9, 0.1)
    low, high = root(lambda d: against(d) - np.log(20), -0.01, 0.0135, xtol=1e-9), root(lambda d: against(d) - np.log(20), 0.0135, 0.1, xtol=1e-9)
    on("always-valid", f"[{low:.5f}, {high:.5f}], ln e = {against(0):.5f}, p = {np.exp(-against(0)):.5f}")
    on("always-valid", f"lift [{root(lambda r: ratio_at(r) - np.log(20), 0.5, 2.8) - 1:.4f}, {root(lambda r: ratio_at(r) - np.log(20), 2.8, 20) - 1:.4f}]")
    power, critical = 0, 0
    for xc in range(0, 80):
        critical = max(critical, xc)
        while against(0, xc, critical, 3000) < np.log(20):
            critical += 1
        power += st.binom.pmf(xc, 3000, 0.01) * st.binom.sf(critical - 1, 3000, 0.02)
    on("always-valid", f"planned sizes: {power:.4f}")


def by_r():
    if not shutil.which("Rscript"):
        print("R is not here: its lines are left out")
        return
    r = lambda code: [float(v) for v in subprocess.run(["Rscript", "-e", f"cat(sprintf('%.12g', c({code})))"], capture_output=True, text=True, check=True).stdout.split()]
    df, low, high = r("t.test(extra ~ group, data = sleep)$parameter, -rev(t.test(extra ~ group, data = sleep)$conf.int)")
    on("two-means", f"df = {df:.3f}", f"[{low:.6f}, {high:.6f}]")
    size, detectable = r("power.prop.test(p1 = .05, p2 = .055, power = .8)$n, power.prop.test(p1 = .05, n = 10000, power = .8, tol = 1e-12)$p2 - .05")
    on("planning", f"{size:.2f} an arm", f"a rise of {detectable:.6f}")
    on("contingency-and-interactions", f"z = {r('prop.trend.test(c(17, 20, 28, 32), rep(100, 4))$statistic')[0] ** 0.5:.4f}")
    cox, se, chi = r("summary(survival::coxph(survival::Surv(time, status) ~ I(x == 'Maintained'), survival::aml))$coef[c(1, 3)], survival::survdiff(survival::Surv(time, status) ~ x, survival::aml)$chisq")
    on("survival", f"log hazard ratio {cox:.4f}, se {se:.4f}", f"chi-square {chi:.4f}")


for check in (moments, proportions, means, lift, ratios, covariates, strata_and_caps, quantiles, sample_ratio, health, group_sequential, e_values, bayes, multiplicity, margins, rules, planning, exact, ranks,
              tables, heterogeneity, novelty, clusters, bandits, always_valid, by_r):
    check()
print(f"{found} numbers found on the pages as other code computes them")
