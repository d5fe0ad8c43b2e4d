"""Reference numbers for the population stability index and its sampling limits.

Made with: pip install scipy==1.17.1 numpy==2.4.6
           python test/reference/psi.py > test/reference/psi.json
"""
import json

import numpy as np
import scipy
import scipy.stats as st


def psi(before, after):
    a = np.array(before, float) / np.sum(before)
    b = np.array(after, float) / np.sum(after)
    return float(np.sum((b - a) * np.log(b / a)))


def case(before, after, alpha):
    n, m = int(np.sum(before)), int(np.sum(after))
    unit = 1 / n + 1 / m
    df = len(before) - 1
    value = psi(before, after)
    return {
        "before": [int(x) for x in before],
        "after": [int(x) for x in after],
        "alpha": alpha,
        "psi": value,
        "expected": df * unit,
        "limit": float(st.chi2.ppf(1 - alpha, df) * unit),
        "p": float(st.chi2.sf(value / unit, df)),
        "homogeneity": float(st.chi2_contingency([before, after], correction=False).pvalue),
    }


rng = np.random.default_rng(20260101)
cases = [
    case([100, 200, 300, 400], [120, 180, 330, 370], 0.05),
    case([50] * 10, [46, 52, 61, 38, 50, 55, 44, 49, 57, 48], 0.05),
    case([500, 500], [650, 350], 0.01),
    case([10, 990], [300, 700], 1e-6),
]
for bins, n, m in [(4, 300, 80), (10, 1000, 1000), (12, 50000, 20000)]:
    shares = rng.dirichlet(np.full(bins, 4.0))
    cases.append(case(rng.multinomial(n, shares), rng.multinomial(m, shares), 0.001))

print(json.dumps({"numpy": np.__version__, "scipy": scipy.__version__, "cases": cases}, indent=1))
