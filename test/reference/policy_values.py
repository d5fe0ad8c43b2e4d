"""Reference numbers for policy values, effects and uplift rankings of models/uplift.

Made with: pip install numpy==2.4.6
           python test/reference/policy_values.py > test/reference/policy-values.json

Every figure is written out from its definition, pair by pair where the product sorts, and cluster by cluster.
"""
import json

import numpy as np

Z = 1.959963984540054
ARMS = 3


def rows(n, seed):
    """Rows anybody can make again: a linear congruential generator (Numerical Recipes), no library."""
    state, out = seed, []
    for _ in range(n * 4):
        state = (1664525 * state + 1013904223) % 2**32
        out.append(state / 2**32)
    u = np.array(out).reshape(n, 4)
    x = u[:, 0] * 4 - 2
    odds = np.column_stack([np.ones(n), np.exp(0.5 * x), np.exp(-0.8 * x)])
    e = odds / odds.sum(axis=1, keepdims=True)
    cum = np.cumsum(e, axis=1)
    taken = np.minimum((u[:, [1]] > cum).sum(axis=1), ARMS - 1)
    effect = np.column_stack([np.zeros(n), 0.6 + 0.3 * x, 0.2 - 0.5 * x])
    y = (u[:, 2] < 1 / (1 + np.exp(-(-0.8 + 0.5 * x + effect[np.arange(n), taken])))).astype(float)
    m = np.column_stack([1 / (1 + np.exp(-(-0.7 + 0.4 * x + k * 0.3))) for k in range(ARMS)])
    predicted = np.round(0.1 * x + 0.05 * u[:, 3], 1)
    group = np.arange(n) // 3
    return x, e, taken, y, m, predicted, group


def error(influence, group):
    sums = [influence[group == g].sum() for g in np.unique(group)]
    count = len(sums)
    return float(np.sqrt(count / (count - 1) * np.sum(np.square(sums))) / len(influence))


def given(estimate, influence, group):
    se = error(influence, group)
    return {"estimate": float(estimate), "standardError": se, "lower": float(estimate - Z * se), "upper": float(estimate + Z * se)}


n = 600
x, e, taken, y, m, predicted, group = rows(n, 20260101)
index = np.arange(n)


def policy(choice):
    w = (taken == choice) / e[index, choice]
    snips = (w * y).sum() / w.sum()
    dr = m[index, choice] + w * (y - m[index, choice])
    return {
        "effectiveSize": float(w.sum() ** 2 / np.square(w).sum()),
        "largestShare": float(w.max() / w.sum()),
        "matching": int((w > 0).sum()),
        "ips": given((w * y).mean(), w * y - (w * y).mean(), group),
        "snips": given(snips, w * (y - snips) / w.mean(), group),
        "doublyRobust": given(dr.mean(), dr - dr.mean(), group),
    }


def arm_score(arm):
    return m[:, arm] + (taken == arm) * (y - m[:, arm]) / e[:, arm]


def ranking(effects, scores):
    """Pair by pair: gain of i counts 1{j behind i} for every j, ties and itself one half."""
    ahead = np.array([((scores > s).sum() + (scores == s).sum() / 2) / n for s in scores])
    displaced = np.array([(effects * ((scores < s) + (scores == s) / 2)).sum() / n for s in scores])
    result = {}
    for name, start in (("auuc", 1.0), ("qini", 0.5)):
        own = effects * (start - ahead)
        estimate = own.mean()
        influence = own - estimate - (displaced - (effects * ahead).mean())
        result[name] = given(estimate, influence, group)
    return result


gamma = arm_score(1) - arm_score(0)
best = np.where(predicted > 0, 1, 0)
print(
    json.dumps(
        {
            "about": "numpy " + np.__version__,
            "n": n,
            "seed": 20260101,
            "policies": {"nobody": policy(np.zeros(n, int)), "always_1": policy(np.ones(n, int)), "always_2": policy(np.full(n, 2)), "best": policy(best)},
            "effects": [given(g.mean(), g - g.mean(), group) for g in (arm_score(1) - arm_score(0), arm_score(2) - arm_score(0))],
            "ranking": ranking(gamma, predicted),
        },
        indent=1,
    )
)
