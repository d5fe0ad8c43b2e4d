"""Reference numbers for the metrics and the logistic regression of models/.

Made with: pip install scikit-learn==1.9.1 statsmodels==0.15.0 scipy==1.17.1 numpy==2.4.6
           python test/reference/model_metrics.py > test/reference/model-metrics.json
"""
import json

import numpy as np
import scipy.stats as st
import sklearn
import statsmodels
import statsmodels.api as sm
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score


def rows(n, seed):
    """Rows anybody can make again: a linear congruential generator (Numerical Recipes), no library."""
    state, out = seed, []
    for _ in range(n * 4):
        state = (1664525 * state + 1013904223) % 2**32
        out.append(state / 2**32)
    u = np.array(out).reshape(n, 4)
    x = np.column_stack([u[:, 0] * 4 - 2, (u[:, 1] > 0.6).astype(float), np.floor(u[:, 2] * 5)])
    eta = -0.7 + 0.9 * x[:, 0] - 0.8 * x[:, 1] + 0.25 * x[:, 2]
    y = (u[:, 3] < 1 / (1 + np.exp(-eta))).astype(int)
    return x, y


def delong(y, s, level=0.95):
    """By the definition: placements of every event among others and the reverse, O(m n)."""
    e, o = s[y == 1], s[y == 0]
    psi = (e[:, None] > o[None, :]) + 0.5 * (e[:, None] == o[None, :])
    a = psi.mean()
    var = psi.mean(axis=1).var(ddof=1) / len(e) + psi.mean(axis=0).var(ddof=1) / len(o)
    z = st.norm.ppf(0.5 + level / 2)
    return a, a - z * var**0.5, a + z * var**0.5


x, y = rows(400, 20261121)
free = sm.Logit(y, sm.add_constant(x)).fit(disp=0, tol=1e-14, maxiter=100)
ridge = LogisticRegression(C=1 / 5.0, tol=1e-12, max_iter=10000, solver="newton-cholesky").fit(x, y)
p = free.predict(sm.add_constant(x))
tied = np.round(p, 1)
odds = np.log(np.clip(p**1.3, 1e-9, 1 - 1e-9) / (1 - np.clip(p**1.3, 1e-9, 1 - 1e-9)))
q = p**1.3
slope = sm.Logit(y, sm.add_constant(odds)).fit(disp=0, tol=1e-14)
large = sm.GLM(y, np.ones(len(y)), family=sm.families.Binomial(), offset=odds).fit(tol=1e-14)
w = np.where(x[:, 1] == 1, 2.0, 1.0)
weighted = sm.GLM(y, sm.add_constant(x), family=sm.families.Binomial(), freq_weights=w).fit(tol=1e-14)
print(
    json.dumps(
        {
            "made_with": {
                "scikit-learn": sklearn.__version__,
                "statsmodels": statsmodels.__version__,
                "numpy": np.__version__,
                "command": "python test/reference/model_metrics.py > test/reference/model-metrics.json",
            },
            "rows": {"n": 400, "seed": 20261121, "events": int(y.sum())},
            "logit": {"coefficients": list(free.params), "standard_errors": list(free.bse)},
            "weighted": {"coefficients": list(weighted.params), "standard_errors": list(weighted.bse)},
            "ridge_5": {"coefficients": [ridge.intercept_[0], *ridge.coef_[0]]},
            "auc": dict(zip(["estimate", "lower", "upper"], delong(y, p))),
            "auc_sklearn": roc_auc_score(y, p),
            "auc_tied": dict(zip(["estimate", "lower", "upper"], delong(y, tied))),
            "ks": st.ks_2samp(p[y == 1], p[y == 0]).statistic,
            "ks_tied": st.ks_2samp(tied[y == 1], tied[y == 0]).statistic,
            "log_loss": log_loss(y, q),
            "brier": brier_score_loss(y, q),
            "calibration": {"slope": slope.params[1], "intercept": large.params[0]},
        },
        indent=1,
    )
)
