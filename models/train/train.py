"""Trains the first-stage text model and judges it. One command:

    python3 models/train/train.py --data DIR --features build/release/heliograph_features

DIR holds the public sets (see models/README.md). Writes models/first-stage.model and models/train/report.json.
"""

import argparse
import hashlib
import json
import pathlib
import subprocess
import sys

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import attacks  # noqa: E402
import data  # noqa: E402
import model_file  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
DIMENSIONS = 1 << model_file.FEATURE_BITS
SEED = 7
RATIO = 0.0


def features(binary, texts):
    feed = "".join(json.dumps({"text": t}) + "\n" for t in texts)
    out = subprocess.run([binary], input=feed.encode(), capture_output=True, check=True).stdout.decode()
    indices, pointers, values = [], [0], []
    for line in out.split("\n")[:-1]:
        row = np.fromstring(line, dtype=np.int64, sep=" ") if line.strip() else np.empty(0, np.int64)
        indices.append(row)
        pointers.append(pointers[-1] + len(row))
        values.append(np.full(len(row), 1.0 / np.sqrt(max(1, len(row)))))
    return sparse.csr_matrix((np.concatenate(values), np.concatenate(indices), pointers), (len(texts), DIMENSIONS))


def fit(x, rows, category, strength):
    """Weights and bias of one category, from the rows that judge it."""
    use = np.array([i for i, r in enumerate(rows) if category in r["known"]])
    y = np.array([category in rows[i]["labels"] for i in use])
    w = np.array([rows[i]["weight"] for i in use])
    # Half of the weight to each side, or rare categories never speak; calibration puts the level right afterwards.
    w[y] *= min(20.0, w[~y].sum() / max(1e-9, w[y].sum())) ** 0.5
    xs = x[use]
    ratio = None
    if RATIO > 0:  # naive Bayes log ratios as a prior of what each feature says
        p = np.asarray(xs[y].multiply(w[y][:, None]).sum(axis=0)).ravel() + 0.1
        q = np.asarray(xs[~y].multiply(w[~y][:, None]).sum(axis=0)).ravel() + 0.1
        ratio = np.abs(np.log((p / p.sum()) / (q / q.sum()))) ** RATIO
        xs = xs @ sparse.diags(ratio)
    judge = LogisticRegression(C=strength, solver="liblinear", dual=False, tol=1e-3, max_iter=200)
    judge.fit(xs, y, sample_weight=w)
    weights = judge.coef_[0] if ratio is None else judge.coef_[0] * ratio
    return weights, float(judge.intercept_[0])


def fit_all(x, rows, strength):
    judges = {c: fit(x, rows, c, strength) for c in data.CATEGORIES}
    return np.stack([judges[c][0] for c in data.CATEGORIES], axis=1), np.array([judges[c][1] for c in data.CATEGORIES])


def disguised(rows, share, seed):
    rng = attacks.make_rng(seed)
    out = []
    for r in rows:
        if rng.random() < (1.0 if r["src"] == "own" else share):
            out.append({**r, "text": attacks.some(r["text"][:1500], rng), "weight": r["weight"] * 0.5})
    return out


def fold(text):
    return hashlib.sha1(" ".join(text.lower().split())[:60].encode()).digest()[0] % 2


def thin(rows, keep, seed):
    rng = np.random.default_rng(seed)
    out = []
    for r in rows:
        if rng.random() < keep.get(r["src"], 1.0):
            out.append(r)
    return out


def at_false_alarms(scores, positives, rate):
    """Recall at the threshold that `rate` of the benign exceed."""
    threshold = np.quantile(scores, 1 - rate)
    return float((positives > threshold).mean()), float(threshold)


def interval(y, s, seed=1, times=200, measure=average_precision_score):
    rng = np.random.default_rng(seed)
    values = []
    for _ in range(times):
        pick = rng.integers(0, len(y), len(y))
        if y[pick].any():
            values.append(measure(y[pick], s[pick]))
    return [round(float(np.quantile(values, q)), 3) for q in (0.025, 0.975)]


def f1_at(line):
    """What F1 is if all above `line` counts as found."""
    return lambda y, s: f1_score(y, s >= line, zero_division=0)


def f1(y, s, line):
    return {"f1": round(float(f1_at(line)(y, s)), 3), "f1_interval": interval(y, s, measure=f1_at(line))}


def auprc(rows, margins, src, line=None):
    """`line`: the margin that is 0.5; with it F1 and recall are told, too."""
    out = {}
    for k, c in enumerate(data.CATEGORIES):
        use = [i for i, r in enumerate(rows) if (src is None or r["src"] == src) and c in r["known"]]
        y = np.array([c in rows[i]["labels"] for i in use])
        if y.sum() < 5 or y.all():
            continue
        s = margins[use, k]
        out[c] = {"auprc": round(float(average_precision_score(y, s)), 3), "interval": interval(y, s),
                  "positives": int(y.sum()), "rows": len(use)}
        if line is not None:
            out[c] |= f1(y, s, line)
            for name, rate in (("1pct", 0.01), ("0.1pct", 0.001)):
                out[c][f"recall_at_{name}"] = round(at_false_alarms(s[~y], s[y], rate)[0], 3)
    return out


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--data", required=True)
    ask.add_argument("--features", required=True)
    ask.add_argument("--strength", type=float, default=6.0)
    ask.add_argument("--share", type=float, default=0.15)
    ask.add_argument("--version", default="first-stage-1")
    ask.add_argument("--dry", action="store_true", help="folds only: nothing is written")
    ask.add_argument("--quick", action="store_true", help="no folds: only the final model")
    ask.add_argument("--ratio", type=float, default=0.5)
    ask.add_argument("--own-weight", type=float, default=8.0)
    ask.add_argument("--cache", help="folder: keeps there what both.py asks of the halves")
    options = ask.parse_args()
    global RATIO
    RATIO = options.ratio

    own, public = data.corpus(), data.public(options.data)
    for row in own:
        row["weight"] = options.own_weight
    keep = {"goemo": 0.35, "clinc": 0.4, "synth": 0.5}
    rows = own + thin(public, keep, SEED)
    held_back = [r for r in thin(public, {k: 1 - v for k, v in keep.items()}, SEED) if r["src"] in ("goemo", "clinc")]
    print(len(own), "own,", len(rows), "in all", flush=True)
    report = {"rows": {}, "strength": options.strength}
    for r in rows:
        report["rows"][r["src"]] = report["rows"].get(r["src"], 0) + 1

    x = features(options.features, [r["text"] for r in rows])
    folds = np.array([fold(r["text"]) for r in rows])
    margins = np.zeros((len(rows), len(data.CATEGORIES)))
    plain = np.zeros_like(margins)
    benches = data.bench(options.data)
    ham = [r for r in benches["sms"] if not r["labels"]]
    chat = [r["text"] for r in held_back if r["known"] >= {"hate"}] + [r["text"] for r in ham]
    xc = features(options.features, chat)
    if not options.quick:
        own_attacked = {}
        for half in (0, 1):
            train = [r for r, f in zip(rows, folds) if f != half]
            extra = disguised(train, options.share, SEED + half)
            xt = sparse.vstack([x[folds != half], features(options.features, [r["text"] for r in extra])]).tocsr()
            weights, bias = fit_all(xt, train + extra, options.strength)
            plain[folds == half] = x[folds == half] @ weights + bias
            # Margins from where 0.5 would be.
            bias = bias - np.quantile(xc @ weights + bias, 1 - 1 / 1000, axis=0)
            margins[folds == half] = x[folds == half] @ weights + bias
            rng = attacks.make_rng(SEED + 10)
            test = [r for r, f in zip(rows, folds) if f == half and r["src"] == "own"]
            for name, attack in [("clean", lambda t, _: t)] + sorted(attacks.ALL.items()):
                m = features(options.features, [attack(r["text"], rng) for r in test]) @ weights + bias
                own_attacked.setdefault(name, []).append((test, m))
            print("fold", half, "done", flush=True)
        report["cross_fit"] = {"openai": auprc(rows, margins, "openai-moderation", 0.0), "own": auprc(rows, margins, "own", 0.0)}
        if options.cache:
            pathlib.Path(options.cache).mkdir(parents=True, exist_ok=True)
            np.savez(pathlib.Path(options.cache) / "first.npz", texts=np.array([r["text"] for r in rows], object), margins=plain)
        report["own_by_language"] = {}
        report["own_attacked"] = {}
        for name, parts in own_attacked.items():
            test, m = sum((p[0] for p in parts), []), np.vstack([p[1] for p in parts])
            report["own_attacked"][name] = {c: v["auprc"] for c, v in auprc(test, m, None).items()}
            any_harm = np.array([bool(r["labels"]) for r in test])
            top = m.max(axis=1)
            for rate, key in ((0.01, "1pct"), (0.001, "0.1pct")):
                recall, _ = at_false_alarms(top[~any_harm], top[any_harm], rate)
                report["own_attacked"][name][f"recall_any_at_{key}_own_benign"] = round(recall, 3)
            if name == "clean":
                for lang in sorted({r["lang"] for r in test}):
                    use = np.array([r["lang"] == lang for r in test])
                    y = any_harm[use]
                    report["own_by_language"][lang] = {
                        "any_harm_auprc": round(float(average_precision_score(y, top[use])), 3), "rows": int(use.sum()),
                        "harmful_above_half": round(float((top[use][y] >= 0).mean()), 3),
                        "harmless_above_half": round(float((top[use][~y] >= 0).mean()), 3)}
        for name, found in report["cross_fit"].items():
            print(name, {c: v["auprc"] for c, v in found.items()}, flush=True)
        for name, found in report["own_attacked"].items():
            print(name, found, flush=True)

    if options.dry:
        return
    extra = disguised(rows, options.share, SEED + 2)
    xt = sparse.vstack([x, features(options.features, [r["text"] for r in extra])]).tocsr()
    weights, bias = fit_all(xt, rows + extra, options.strength)

    # Quantise, then calibrate with what will be shipped.
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127
    small = np.clip(np.round(weights / scale), -127, 127).astype(np.int8)
    quiet = xc @ (small * scale) + bias
    categories = []
    for k, c in enumerate(data.CATEGORIES):
        # One in 1000 benign posts above one half; one in 10,000 above 0.9, but never too steeply.
        half, high = np.quantile(quiet[:, k], 1 - 1 / 1000), np.quantile(quiet[:, k], 1 - 1 / 10000)
        slope = float(np.clip(2.197 / max(high - half, 0.1), 0.6, 2.0))
        categories.append((c, float(scale[k]), float(bias[k]), slope, float(-slope * half)))
        report.setdefault("calibration", {})[c] = {"half": round(float(half), 3), "slope": round(slope, 3)}
    report["benign_chat"] = len(chat)
    model_file.write(ROOT / "first-stage.model", options.version, categories, small)
    (ROOT / "train" / "report.json").write_text(json.dumps(report, indent=1) + "\n")
    print("written", flush=True)


if __name__ == "__main__":
    main()
