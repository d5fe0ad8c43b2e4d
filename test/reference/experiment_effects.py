"""Reference numbers for effects, intervals of shares and summaries over trials.

Made with: pip install statsmodels==0.15.0 scipy==1.17.1 numpy==2.4.6
           python test/reference/experiment_effects.py > test/reference/experiment-effects.json
"""
import json

import numpy as np
import scipy
import scipy.stats as st
import statsmodels
import statsmodels.api as sm
from scipy import optimize
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    test_proportions_2indep,
)

rng = np.random.default_rng(20260105)
floats = lambda values: [float(x) for x in values]


def moments(*columns):
    columns = [np.asarray(c, float) for c in columns]
    return {
        "n": len(columns[0]),
        "sums": [float(c.sum()) for c in columns],
        "products": [float(columns[i] @ columns[j]) for i in range(len(columns)) for j in range(i, len(columns))],
    }


def score(x1, n1, x2, n2, difference):
    """Miettinen and Nurminen's, with the restricted likelihood maximised outright: the closed form in statsmodels 0.15.0
    has control's events where its people belong (R's PropCIs agrees with this one)."""
    less = lambda q: -(st.binom.logpmf(x1, n1, q + difference) + st.binom.logpmf(x2, n2, q))
    ends = (max(0, -difference) + 1e-12, min(1, 1 - difference) - 1e-12)
    q = optimize.minimize_scalar(less, bounds=ends, method="bounded", options={"xatol": 1e-14}).x
    p = q + difference
    variance = (p * (1 - p) / n1 + q * (1 - q) / n2) * (n1 + n2) / (n1 + n2 - 1)
    return (x1 / n1 - x2 / n2 - difference) / np.sqrt(variance)


def score_interval(*table):
    estimate, z = table[0] / table[1] - table[2] / table[3], st.norm.ppf(0.975)
    end = lambda low, high, at: float(optimize.brentq(lambda d: score(*table, d) - at, low, high, xtol=1e-12))
    return [end(-0.99, estimate, z), end(estimate, 0.99, -z)]


def shares():
    cases = []
    for x1, n1, x2, n2 in [(7, 34, 1, 34), (56, 70, 48, 80), (3, 900, 11, 800), (412, 1000, 380, 990), (5, 40, 30, 400)]:
        ci = lambda method, compare: floats(confint_proportions_2indep(x1, n1, x2, n2, method=method, compare=compare))
        p = lambda **given: float(test_proportions_2indep(x1, n1, x2, n2, **given).pvalue)
        table = [[x1, n1 - x1], [x2, n2 - x2]]
        conditional = st.contingency.odds_ratio(table, kind="conditional")
        cases.append({
            "x1": x1, "n1": n1, "x2": x2, "n2": n2,
            "newcombe": ci("newcomb", "diff"), "score": score_interval(x1, n1, x2, n2), "agresti_caffo": ci("agresti-caffo", "diff"),
            "rr_log": ci("log", "ratio"), "rr_score": ci("score", "ratio"),
            "or_log": ci("logit", "odds-ratio"), "or_score": ci("score", "odds-ratio"),
            "p_score": p(method="score", compare="diff"),
            "p_margin": float(st.norm.sf(score(x1, n1, x2, n2, -0.02))),
            "p_margin_wald": p(method="wald", compare="diff", value=-0.02, alternative="larger"),
            "fisher": {a: float(st.fisher_exact(table, alternative=a).pvalue) for a in ["two-sided", "greater", "less"]},
            "conditional": float(conditional.statistic),
            "conditional_ci": floats(conditional.confidence_interval(0.95)),
        })
    return cases


def one_share():
    names = {"normal": "wald", "agresti_coull": "agresti_coull", "beta": "clopper_pearson", "wilson": "wilson", "jeffreys": "jeffreys"}
    return [
        {"x": x, "n": n, **{ours: floats(proportion_confint(x, n, 0.1, method)) for method, ours in names.items()}}
        for x, n in [(1, 12), (18, 20), (250, 1000), (3, 5000)]
    ]


def means():
    cases = []
    for n0, n1 in [(40, 40), (200, 35)]:
        a, b = rng.lognormal(1, 0.8, n0), rng.lognormal(1.2, 0.9, n1)
        p = {alt: float(st.ttest_ind(b, a, equal_var=False, alternative=alt).pvalue) for alt in ["two-sided", "greater", "less"]}
        found = st.ttest_ind(b, a, equal_var=False)
        interval = found.confidence_interval(0.95)
        cases.append({"control": moments(a), "arm": moments(b), "p": p, "df": float(found.df), "ci": [float(interval.low), float(interval.high)]})
    return cases


def regression():
    """Least squares on the arm and two covariates, one slope each."""
    n = 60
    arm = np.repeat([0, 1], n)
    x1, x2 = rng.normal(50, 10, 2 * n), rng.gamma(2, 3, 2 * n)
    y = 3 + 0.4 * x1 - 0.8 * x2 + 1.5 * arm + rng.normal(0, 4, 2 * n)
    fit = sm.OLS(y, np.column_stack([np.ones(2 * n), arm, x1, x2])).fit()
    of = lambda k: moments(y[arm == k], x1[arm == k], x2[arm == k])
    return {"control": of(0), "arm": of(1), "effect": float(fit.params[1]), "error": float(fit.bse[1]), "slopes": floats(fit.params[2:])}


def clusters():
    """Accounts within customers, 25 customers an arm; sandwich over customers without small-sample factor."""
    each = 25
    size = rng.integers(1, 6, 2 * each)
    group = np.repeat(np.arange(2 * each), size)
    arm = (group >= each).astype(float)
    y = 5 + 2 * arm + rng.normal(0, 1.5, 2 * each)[group] + rng.normal(0, 2, len(group))
    fit = sm.OLS(y, np.column_stack([np.ones(len(y)), arm])).fit(cov_type="cluster", cov_kwds={"groups": group, "use_correction": False})
    total = np.bincount(group, y)
    of = lambda k: moments(total[k * each:(k + 1) * each], size[k * each:(k + 1) * each])
    return {"control": of(0), "arm": of(1), "effect": float(fit.params[1]), "error": float(fit.bse[1]), "each": each}


def trials():
    cases = []
    for effects, errors in [
        ([0.10, 0.30, 0.35, 0.65, 0.45, 0.15], [0.17, 0.17, 0.22, 0.18, 0.20, 0.12]),
        ([0.02, -0.01, 0.015, 0.03], [0.01, 0.02, 0.012, 0.015]),
        ([1.2, -0.5, 3.1, 0.4, 2.2, -1.0, 0.9], [0.5, 0.6, 0.4, 0.7, 0.9, 0.5, 0.3]),
    ]:
        eff, var = np.array(effects), np.array(errors) ** 2
        of = lambda method: combine_effects(eff, var, method_re=method)
        pm, dl = of("iterated"), of("chi2")
        hk = combine_effects(eff, var, method_re="iterated", use_t=True)
        cases.append({
            "effects": effects, "errors": errors, "q": float(pm.q), "tau2_pm": float(pm.tau2), "tau2_dl": float(dl.tau2),
            "mean_pm": float(pm.mean_effect_re), "error_pm": float(pm.sd_eff_w_re), "mean_dl": float(dl.mean_effect_re),
            "error_dl": float(dl.sd_eff_w_re), "error_hk": float(hk.sd_eff_w_re_hksj),
        })
    return cases


print(json.dumps({
    "numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__,
    "shares": shares(), "oneShare": one_share(), "means": means(), "regression": regression(), "clusters": clusters(), "trials": trials(),
}, indent=1))
