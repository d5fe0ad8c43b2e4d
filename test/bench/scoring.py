"""Scores a table of features as one would in Python: read, predict, write; both tables in one DuckDB file.

usage: scoring.py FILE MODEL SECONDS_FILE, with MODEL one of lightgbm, histogram, logistic. Imports and training are not counted.
"""

import json
import resource
import sys
import time

import duckdb
import pandas as pd

path, kind, out = sys.argv[1:4]
connection = duckdb.connect(path)
connection.execute("SET threads = 2")
text = ["c0", "c1", "c2", "c3"]


def read(query):
    frame = connection.execute(query).df()
    for name in text:
        frame[name] = pd.Categorical(frame[name], categories=[f"level {i}" for i in range(8)])
    return frame


train = read("SELECT * FROM features WHERE place < 30000 ORDER BY account_id")
columns = [name for name in train.columns if name.startswith(("x", "c"))]
target = train["target"]
if kind == "lightgbm":
    import lightgbm

    model = lightgbm.LGBMClassifier(
        n_estimators=200, num_leaves=31, learning_rate=0.05, max_bin=255, min_child_samples=20, n_jobs=2, verbose=-1
    )
elif kind == "histogram":
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_iter=200, max_leaf_nodes=31, learning_rate=0.05, early_stopping=False, categorical_features="from_dtype"
    )
else:
    from sklearn.compose import make_column_transformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    numbers = make_pipeline(SimpleImputer(), StandardScaler())
    model = make_pipeline(
        make_column_transformer(
            (OneHotEncoder(handle_unknown="ignore"), text), (numbers, [c for c in columns if c not in text])
        ),
        LogisticRegression(max_iter=500),
    )
model.fit(train[columns], target)

began = time.perf_counter()
frame = read("SELECT * EXCLUDE (target, place) FROM features")
frame["score"] = model.predict_proba(frame[columns])[:, 1]
scores = frame[["account_id", "score"]]
connection.execute("CREATE OR REPLACE TABLE python_scores AS SELECT * FROM scores ORDER BY account_id")
connection.execute("CHECKPOINT")
took = time.perf_counter() - began
with open(out, "w") as file:
    json.dump({"seconds": took, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}, file)
