"""Both stages together against the first alone, on halves that neither was trained on: OpenAI's samples and the own posts.

    python3 models/train/both.py --data DIR --features build/release/src/safety/heliograph_features --cache build/second

After second.py. Writes models/train/both.json. The unseen posts and the benchmarks are for unseen.py and judge.py.
"""

import argparse
import json
import pathlib
import sys

import numpy as np
from scipy import sparse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import data  # noqa: E402
import second  # noqa: E402
import train  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
BAND = (0.2, 0.9)  # [second_stage] of rules/policy.toml unless it says otherwise
SUREST = 9.2       # logarithm of odds (src/safety/second/second_stage.cc)


def first_margins(options):
    """Of the rows that the first stage learns from: {text: margins}, by models that have not seen their half."""
    train.RATIO = 0.5
    own, public = data.corpus(), data.public(options.data)
    for row in own:
        row["weight"] = 8.0
    rows = own + train.thin(public, {"goemo": 0.35, "clinc": 0.4, "synth": 0.5}, train.SEED)
    x = train.features(options.features, [r["text"] for r in rows])
    folds = np.array([train.fold(r["text"]) for r in rows])
    margins = np.zeros((len(rows), len(data.CATEGORIES)))
    for half in (0, 1):
        extra = train.disguised([r for r, f in zip(rows, folds) if f != half], 0.15, train.SEED + half)
        xt = sparse.vstack([x[folds != half], train.features(options.features, [r["text"] for r in extra])]).tocsr()
        weights, bias = train.fit_all(xt, [r for r, f in zip(rows, folds) if f != half] + extra, 6.0)
        margins[folds == half] = x[folds == half] @ weights + bias
        print("first stage, half", half, flush=True)
    return {r["text"]: m for r, m in zip(rows, margins)}


def chance(logit):
    return 1 / (1 + np.exp(-logit))


def figures(rows, scores):
    out = train.auprc(rows, scores, None)
    harm = np.array([bool(r["labels"]) for r in rows])
    top = scores.max(axis=1)
    for name, rate in (("1pct", 0.01), ("0.1pct", 0.001)):
        out[f"recall_at_{name}"] = round(train.at_false_alarms(top[~harm], top[harm], rate)[0], 3)
    out["harmless_above_half"] = round(float((top[~harm] >= 0.5).mean()), 4)
    out["harmful_above_half"] = round(float((top[harm] >= 0.5).mean()), 4)
    return out


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--data", required=True)
    ask.add_argument("--features", required=True)
    ask.add_argument("--cache", required=True)
    options = ask.parse_args()
    kept = pathlib.Path(options.cache) / "first.npz"
    if kept.exists():
        had = np.load(kept, allow_pickle=True)
        known = dict(zip(had["texts"], had["margins"]))
    else:
        known = first_margins(options)
        np.savez(kept, texts=np.array(list(known), object), margins=np.stack(list(known.values())))
    shards = second.rows_of(options.data)
    rows = [{**r, "shard": name} for name, shard in shards.items() for r in shard]
    after = np.load(pathlib.Path(options.cache) / "cross_fit.npy")
    calibration = json.loads((HERE / "report.json").read_text())["calibration"]
    half = np.array([json.loads((HERE / "second.json").read_text())["half"][c] for c in data.CATEGORIES])
    report = {}
    for src in ("own", "openai-moderation"):
        use = [i for i, r in enumerate(rows) if r["src"] == src and not r.get("hidden") and r["text"] in known and r["shard"] != "chat"]
        of = [rows[i] for i in use]
        first = np.stack([known[r["text"]] for r in of])
        first = (first - [calibration[c]["half"] for c in data.CATEGORIES]) * [calibration[c]["slope"] for c in data.CATEGORIES]
        later = after[use] - half
        mean = (np.clip(first, -SUREST, SUREST) + np.clip(later, -SUREST, SUREST)) / 2
        surest = chance(first).max(axis=1)
        band = (surest >= BAND[0]) & (surest < BAND[1])
        report[src] = {"posts": len(of), "in_the_band": round(float(band.mean()), 3)}
        for name, logit in (("first", first), ("second", later), ("both", np.where(band[:, None], mean, first)),
                            ("both_wide", np.where((surest < BAND[1])[:, None], mean, first))):
            report[src][name] = figures(of, chance(logit))
    (HERE / "both.json").write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
