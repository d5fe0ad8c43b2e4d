"""Peers of the learners: LightGBM, scikit-learn's histogram boosting and logistic regression, on files of
test/support/matrix-file.ts. Prints one JSON value.

python models.py pace <file> <threads> <peer> <options>
python models.py quality <file> <threads> <peer> <options>
"""
import json
import resource
import sys
import time

import numpy as np

what, path, threads, peer, options = sys.argv[1:6]
threads, options = int(threads), json.loads(options)


def read(path):
    manifest = json.load(open(path + ".json"))
    rows, columns = manifest["rows"], manifest["columns"]
    every = np.fromfile(path + ".bin").reshape(-1, rows)
    kinds = [i for i, column in enumerate(columns) if column["categories"] is not None]
    return every[: len(columns)], every[len(columns)], every[len(columns) + 1 :], manifest["folds"], kinds


def lightgbm(x, y, kinds, options):
    import lightgbm as lgb
    from sklearn.model_selection import train_test_split

    parameters = dict(
        objective="binary", learning_rate=options["learningRate"], num_leaves=options["leaves"],
        min_data_in_leaf=options["minRows"], lambda_l2=options["l2"], max_bin=255, num_threads=threads, seed=1,
        deterministic=True, force_row_wise=options.get("rowWise", True), verbose=-1)
    rounds = options["rounds"]
    if options["patience"]:
        a, b = train_test_split(np.arange(len(y)), test_size=options["heldShare"], random_state=1)
        part = lgb.Dataset(x[a], y[a], categorical_feature=kinds)
        held = lgb.Dataset(x[b], y[b], reference=part, categorical_feature=kinds)
        stop = lgb.early_stopping(options["patience"], verbose=False)
        rounds = lgb.train(parameters, part, rounds, [held], callbacks=[stop]).best_iteration
    model = lgb.train(parameters, lgb.Dataset(x, y, categorical_feature=kinds), rounds)
    return lambda given: model.predict(given, num_threads=threads)


def histogram(x, y, kinds, options):
    from sklearn.ensemble import HistGradientBoostingClassifier

    fixed = {} if options["patience"] else dict(
        max_iter=options["rounds"], learning_rate=options["learningRate"], max_leaf_nodes=options["leaves"],
        min_samples_leaf=options["minRows"], l2_regularization=options["l2"], early_stopping=False)
    codes = [len(np.unique(x[:, i])) < 255 and i in kinds for i in range(x.shape[1])]
    model = HistGradientBoostingClassifier(categorical_features=codes, random_state=1, **fixed).fit(x, y)
    return lambda given: model.predict_proba(given)[:, 1]


def logistic(x, y, kinds, options):
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    numbers = [i for i in range(x.shape[1]) if i not in kinds]
    columns = ColumnTransformer([
        ("numbers", make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler()), numbers),
        ("kinds", OneHotEncoder(handle_unknown="ignore"), kinds)])
    model = make_pipeline(columns, LogisticRegression(max_iter=2000)).fit(x, y)
    return lambda given: model.predict_proba(given)[:, 1]


def auc(y, p):
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(y, p))


fit = dict(lightgbm=lightgbm, histogram=histogram, logistic=logistic)[peer]
columns, target, rest, count, kinds = read(path)
folds, parts = rest[:count].astype(int), rest[count:]
x = np.ascontiguousarray(columns.T)
del columns
if what == "pace":
    trained = len(target) - len(target) // 5
    before, began = time.process_time(), time.perf_counter()
    predict = fit(x[:trained], target[:trained], kinds, options)
    seconds, processor = time.perf_counter() - began, time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(json.dumps(dict(seconds=seconds, processorSeconds=processor, gigabytes=peak,
                          auc=auc(target[trained:], predict(x[trained:])))))
else:
    every = []
    for fold in folds:
        p = np.zeros(len(target))
        for k in range(fold.max() + 1):
            p[fold == k] = fit(x[fold != k], target[fold != k], kinds, options)(x[fold == k])
        every.append([auc(target, p)] + [auc(target[part == 1], p[part == 1]) for part in parts])
    print(json.dumps(every))
