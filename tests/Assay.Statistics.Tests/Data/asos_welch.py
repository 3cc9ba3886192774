"""SciPy's Welch test on the last complete day (no empty cell) of each experiment, variant and metric of asos_dev.csv.

Run with a Python that has SciPy:  python3 asos_welch.py < asos_dev.csv > asos_welch.json
"""
import csv
import json
import math
import sys

import scipy
from scipy.stats import ttest_ind_from_stats

last = {}
for row in csv.DictReader(sys.stdin):
    if "" in row.values():
        continue
    key = (row["experiment_id"], row["variant_id"], row["metric_id"])
    if key not in last or float(row["time_since_start"]) > float(last[key]["time_since_start"]):
        last[key] = row

answers = {}
for key, row in sorted(last.items()):
    control = (float(row["mean_c"]), math.sqrt(float(row["variance_c"])), float(row["count_c"]))
    treatment = (float(row["mean_t"]), math.sqrt(float(row["variance_t"])), float(row["count_t"]))
    statistic, p = ttest_ind_from_stats(*treatment, *control, equal_var=False)
    answers["/".join(key)] = [float(statistic), float(p)]

print(json.dumps({"source": f"scipy {scipy.__version__} ttest_ind_from_stats(equal_var=False)", "answers": answers}, indent=0))
