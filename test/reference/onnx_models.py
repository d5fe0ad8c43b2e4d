"""Two models fitted in Python and written as ONNX, with what they predict for some rows.

python onnx_models.py FOLDER   (lightgbm 4.7, scikit-learn 1.9, onnx 1.23)

logistic.onnx   scikit-learn: mean for what is missing, standard scale, one-hot of a text, logistic regression; one input a
                column; outputs label and probabilities, as the usual converters write them
trees.onnx      LightGBM: 20 trees of 8 leaves, missing values go where training sent them; one input of two columns, one
                output with a probability a row
expected.json   the rows and the probabilities of both
"""

import json
import sys

import lightgbm
import numpy as np
import onnx
from onnx import TensorProto, helper
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import OneHotEncoder, StandardScaler

folder = sys.argv[1]
random = np.random.default_rng(7)
n = 3000
level = random.uniform(-2, 2, n).astype(np.float32).astype(float)
count = random.integers(0, 6, n).astype(float)
city = random.choice(["bogotá", "o'higgins", "são paulo", "quito"], n)
eta = -0.6 + 1.1 * level + 0.25 * (count - 2.5) + 0.9 * (city == "bogotá") - 0.7 * (city == "são paulo")
target = (random.uniform(size=n) < 1 / (1 + np.exp(-eta))).astype(int)
level[random.uniform(size=n) < 0.1] = np.nan
count[random.uniform(size=n) < 0.05] = np.nan
numbers = np.column_stack([level, count])
rows = slice(0, 200)


def save(graph, name):
    domains = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    model = helper.make_model(graph, opset_imports=domains, ir_version=8, producer_name="python")
    onnx.checker.check_model(model)
    onnx.save(model, f"{folder}/{name}")


# scikit-learn: Imputer, Scaler, OneHotEncoder, LinearClassifier
imputer = SimpleImputer().fit(numbers)
scaler = StandardScaler().fit(imputer.transform(numbers))
encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(city[:, None])
design = np.hstack([scaler.transform(imputer.transform(numbers)), encoder.transform(city[:, None])])
logistic = LogisticRegression().fit(design, target)
weights = logistic.coef_[0]
node = helper.make_node
save(
    helper.make_graph(
        [
            node("Concat", ["level", "count"], ["numbers"], axis=1),
            node(
                "Imputer",
                ["numbers"],
                ["filled"],
                domain="ai.onnx.ml",
                imputed_value_floats=imputer.statistics_.tolist(),
                replaced_value_float=float("nan"),
            ),
            node(
                "Scaler",
                ["filled"],
                ["scaled"],
                domain="ai.onnx.ml",
                offset=scaler.mean_.tolist(),
                scale=(1 / scaler.scale_).tolist(),
            ),
            node(
                "OneHotEncoder",
                ["city"],
                ["cities"],
                domain="ai.onnx.ml",
                cats_strings=encoder.categories_[0].tolist(),
                zeros=1,
            ),
            node("Constant", [], ["shape"], value=helper.make_tensor("s", TensorProto.INT64, [2], [-1, 4])),
            node("Reshape", ["cities", "shape"], ["flat"]),
            node("Concat", ["scaled", "flat"], ["design"], axis=1),
            node(
                "LinearClassifier",
                ["design"],
                ["label", "probabilities"],
                domain="ai.onnx.ml",
                classlabels_ints=[0, 1],
                coefficients=[*(-weights).tolist(), *weights.tolist()],
                intercepts=[-float(logistic.intercept_[0]), float(logistic.intercept_[0])],
                post_transform="LOGISTIC",
            ),
        ],
        "logistic",
        [
            helper.make_tensor_value_info("level", TensorProto.FLOAT, ["n", 1]),
            helper.make_tensor_value_info("count", TensorProto.FLOAT, ["n", 1]),
            helper.make_tensor_value_info("city", TensorProto.STRING, ["n", 1]),
        ],
        [
            helper.make_tensor_value_info("label", TensorProto.INT64, ["n"]),
            helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["n", 2]),
        ],
    ),
    "logistic.onnx",
)

# LightGBM: every tree as nodes of one TreeEnsembleRegressor, then the logistic function
trees = lightgbm.LGBMClassifier(n_estimators=20, num_leaves=8, min_child_samples=20, verbose=-1).fit(numbers, target)
given = {key: [] for key in ("treeids", "nodeids", "featureids", "values", "modes", "truenodeids", "falsenodeids", "missing_value_tracks_true")}
leaves = {"treeids": [], "nodeids": [], "ids": [], "weights": []}


def add(tree, structure, place):
    """Writes a node and those below it; gives the next free place."""
    put = lambda **values: [given[key].append(value) for key, value in values.items()]
    if "leaf_value" in structure:
        put(treeids=tree, nodeids=place, featureids=0, values=0.0, modes="LEAF", truenodeids=0, falsenodeids=0, missing_value_tracks_true=0)
        for key, value in {"treeids": tree, "nodeids": place, "ids": 0, "weights": structure["leaf_value"]}.items():
            leaves[key].append(value)
        return place + 1
    at = len(given["nodeids"])
    threshold = float(np.nextafter(np.float32(structure["threshold"]), np.float32(-np.inf)) if np.float32(structure["threshold"]) > structure["threshold"] else np.float32(structure["threshold"]))
    left = structure["default_left"] if structure["missing_type"] == "NaN" else 0.0 <= structure["threshold"]
    put(treeids=tree, nodeids=place, featureids=structure["split_feature"], values=threshold, modes="BRANCH_LEQ", truenodeids=place + 1, falsenodeids=0, missing_value_tracks_true=int(left))
    after = add(tree, structure["left_child"], place + 1)
    given["falsenodeids"][at] = after
    return add(tree, structure["right_child"], after)


for tree, info in enumerate(trees.booster_.dump_model()["tree_info"]):
    add(tree, info["tree_structure"], 0)
save(
    helper.make_graph(
        [
            node(
                "TreeEnsembleRegressor",
                ["numbers"],
                ["odds"],
                domain="ai.onnx.ml",
                n_targets=1,
                post_transform="NONE",
                **{f"nodes_{key}": value for key, value in given.items()},
                **{f"target_{key}": value for key, value in leaves.items()},
            ),
            node("Sigmoid", ["odds"], ["probability"]),
        ],
        "trees",
        [helper.make_tensor_value_info("numbers", TensorProto.FLOAT, ["n", 2])],
        [helper.make_tensor_value_info("probability", TensorProto.FLOAT, ["n", 1])],
    ),
    "trees.onnx",
)

clean = lambda values: [None if np.isnan(value) else round(float(value), 9) for value in values]
with open(f"{folder}/expected.json", "w") as file:
    json.dump(
        {
            "level": clean(level[rows]),
            "count": clean(count[rows]),
            "city": city[rows].tolist(),
            "logistic": logistic.predict_proba(design[rows])[:, 1].round(9).tolist(),
            "trees": trees.predict_proba(numbers[rows])[:, 1].round(9).tolist(),
        },
        file,
    )
