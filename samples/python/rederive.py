"""Computes a readout's numbers again, from the exported units, with SciPy.

    ./assay export checkout --out units.csv
    curl -s http://127.0.0.1:5080/api/v1/experiments/checkout/live-stats > live-stats.json
    python3 samples/python/rederive.py units.csv live-stats.json

Ends with 1 if a number differs. Both must be of the same commit and the same hour.
"""

import csv
import json
import math
import sys

from scipy import stats

TOLERANCE = 1e-9
differences = 0


def compare(what, derived, shown):
    global differences
    same = shown is not None and math.isclose(derived, shown, rel_tol=TOLERANCE, abs_tol=1e-12)
    differences += not same
    print(f"{what}: {derived!r} {'as shown' if same else f'but {shown!r} is shown'}")


def values(units, metric, arm, completed):
    return [
        float(unit[f"value:{metric}"])
        for unit in units
        if int(unit["variation_index"]) == arm and (not completed or unit[f"completed:{metric}"] == "true")
    ]


def pooled_z(control, treatment):
    n, m = len(control), len(treatment)
    pooled = (sum(control) + sum(treatment)) / (n + m)
    z = (sum(treatment) / m - sum(control) / n) / math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    return z, 2 * stats.norm.sf(abs(z))


def test(metric, kind, comparison, units):
    sides = ("control", comparison["control_index"]), ("treatment", comparison["treatment_index"])
    for population, shown in (("running", comparison), ("completed", comparison["completed"])):
        for side, arm in sides:
            derived = values(units, metric, arm, completed=population == "completed")
            compare(f"{metric}: {population} {side} units", len(derived), shown[side]["exposed_users"])
            if derived:
                compare(f"{metric}: {population} {side} mean", stats.tmean(derived), shown[side]["mean"])
            if len(derived) > 1:
                compare(f"{metric}: {population} {side} std", stats.tstd(derived), shown[side]["std"])

    analysis = comparison["analysis"]
    if analysis is None or analysis["test_statistic"] is None:
        return
    control, treatment = (values(units, metric, arm, completed=False) for _, arm in sides)
    if kind == "binary":
        name, (statistic, p_value) = "pooled z", pooled_z(control, treatment)
    else:
        name, (statistic, p_value) = "Welch", stats.ttest_ind(treatment, control, equal_var=False)
    compare(f"{metric}: {name}", float(statistic), analysis["test_statistic"])
    compare(f"{metric}: {name} p", float(p_value), analysis["p_value"])


def main():
    with open(sys.argv[1], newline="", encoding="utf-8") as file:
        units = list(csv.DictReader(file))
    with open(sys.argv[2], encoding="utf-8") as file:
        readout = json.load(file)

    ratio = readout["srm"]
    if ratio["p_value"] is not None:
        observed = [sum(int(unit["variation_index"]) == arm for unit in units) for arm in range(len(ratio["observed_counts"]))]
        chi_square = stats.chisquare(observed, ratio["expected_counts"])
        compare("sample ratio: chi square", float(chi_square.statistic), ratio["chi_square"])
        compare("sample ratio: p", float(chi_square.pvalue), ratio["p_value"])

    metrics = [(readout["primary_metric_name"], readout["metric_type"], readout["comparisons"])]
    for entry in readout["primaries"] + readout["secondary"] + readout["guardrails"]["metrics"]:
        metrics.append((entry["name"], entry["metric_type"], entry["comparisons"]))
    for name, kind, comparisons in metrics:
        for comparison in comparisons:
            test(name, kind, comparison, units)
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
