"""Moments of a fixed table by numpy in extended precision: python3 test/reference/moments.py > test/reference/moments.json"""

import json

import numpy as np

n = 200_000
i = np.arange(n, dtype=np.int64)
arm = i % 3
columns = {
    "share": (i * 7919 % 101 < 30).astype(np.longdouble),
    "money": (i * 104729 % 1000003).astype(np.longdouble) / 100,
    "far": 1e6 + (i * 7919 % 10007).astype(np.longdouble) / 100,
    "before": 5e4 + (i * 15485863 % 99991).astype(np.longdouble) / 64,
}
out = []
for a, name in enumerate(["control", "loss", "social"]):
    of = {key: column[arm == a] for key, column in columns.items()}
    out.append(
        {
            "arm": name,
            "n": int((arm == a).sum()),
            "means": {key: float(column.mean()) for key, column in of.items()},
            "variances": {key: float(column.var(ddof=1)) for key, column in of.items()},
            "covarianceOfMoneyAndBefore": float(
                ((of["money"] - of["money"].mean()) * (of["before"] - of["before"].mean())).sum()
                / ((arm == a).sum() - 1)
            ),
        }
    )
print(json.dumps({"n": n, "arms": out}, indent=2))
