"""Trains what the second stage's encoder needs on top (src/encoder/head.h). One command:

    python3 models/train/second.py --data DIR --features build/release/src/encoder/heliograph_encoder_features \\
        --weights build/release/multilingual-e5-small.q4 --cache build/second

Writes models/second-stage.head and models/train/second.json. Never looks at models/unseen or at a benchmark.
"""

import argparse
import json
import pathlib
import sys

import numpy as np
from sklearn.metrics import average_precision_score

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import attacks  # noqa: E402
import data  # noqa: E402
import encoder  # noqa: E402
import head  # noqa: E402
import train  # noqa: E402

SEED = 11
# Of the public sets what adds kinds of text; the first stage has all of it.
KEEP = {"davidson": 0.08, "stormfront": 0.18, "goemo": 0.045, "clinc": 0.04, "synth": 0.08}
HIDDEN = 0.12  # of the own posts, once more in a disguise
CHAT = 5000    # harmless, for the thresholds: none of it trained on
SHARD = 4000
WEIGHT = {"own": 1.0, "davidson": 0.3, "goemo": 0.3, "clinc": 0.3, "synth": 0.2}  # of a row in training; others 0.5
SAMPLES = ["the bakery opens at seven, bring your own bag.", "fake passports for sale, any country, write to me"]
MODELS = pathlib.Path(__file__).resolve().parent.parent


def rows_of(folder):
    """Shards of rows in the order in which they are worth most; the last ones are the harmless chat."""
    own, public = data.corpus(), data.public(folder)
    rng = attacks.make_rng(SEED)
    kept, left = [], []
    for row in public:
        (kept if rng.random() < KEEP.get(row["src"], 1.0) else left).append(row)
    hidden = [{**row, "text": attacks.some(row["text"][:1500], rng), "hidden": row["text"]} for row in own if rng.random() < HIDDEN]
    chat = [r for r in left if r["src"] in ("goemo", "clinc") and not r["labels"] and "hate" in r["known"]]
    chat += [{**r, "known": frozenset(), "labels": set()} for r in data.bench(folder)["sms"] if not r["labels"]]
    for rows in (own, hidden, kept, chat):
        rng.shuffle(rows)
    shards = {f"own{i // SHARD}": own[i:i + SHARD] for i in range(0, len(own), SHARD)}
    return {"own0": shards["own0"], "public": kept, "chat": chat[:CHAT], "hidden": hidden, **shards}


def average(y, s):
    return round(float(average_precision_score(y, s)), 3) if y.any() and not y.all() else None


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--data", required=True)
    ask.add_argument("--features", required=True)
    ask.add_argument("--weights", required=True)
    ask.add_argument("--cache", required=True)
    ask.add_argument("--version", default="second-stage-1")
    options = ask.parse_args()
    rows, parts = [], []
    for name, shard in rows_of(options.data).items():
        print(name, len(shard), flush=True)
        rows += [{**r, "shard": name} for r in shard]
        parts.append(encoder.features(options.cache, name, [r["text"] for r in shard], options.features, options.weights))
    features = np.concatenate(parts)
    labels = np.array([[c in r["labels"] for c in data.CATEGORIES] for r in rows], np.float32)
    known = np.array([[(c in r["known"]) * WEIGHT.get(r["src"], 0.5) * (0.5 if "hidden" in r else 1) for c in data.CATEGORIES]
                      for r in rows], np.float32)
    shards = np.array([r["shard"] for r in rows])
    learn = shards != "chat"
    report = {"rows": {s: int((shards == s).sum()) for s in sorted(set(shards))}}

    # Figures: each half judged by a head that has not seen it. A disguise belongs to the half of what it hides.
    folds = np.array([train.fold(r.get("hidden", r["text"])) for r in rows])
    margins = np.zeros(labels.shape, np.float32)
    for half in (0, 1):
        use = learn & (folds != half)
        margins[folds == half] = head.fit(features[use], labels[use], known[use]).margins(features[folds == half])
    np.save(pathlib.Path(options.cache) / "cross_fit.npy", margins)
    for src in ("own", "openai-moderation"):
        of = learn & np.array([r["src"] == src and "hidden" not in r for r in rows])
        report[src] = {c: average(labels[sel, k] > 0, margins[sel, k]) for k, c in enumerate(data.CATEGORIES)
                       if (sel := of & (known[:, k] > 0)).any()}
        print(src, report[src], flush=True)

    made = head.fit(features[learn], labels[learn], known[learn])
    # 0.5 is where one in 1,000 harmless chat messages lies above.
    halves = np.quantile(made.margins(features[~learn]), 1 - 1 / 1000, axis=0)
    report["half"] = {c: round(float(h), 3) for c, h in zip(data.CATEGORIES, halves)}
    head.write(MODELS / "second-stage.head", options.version, options.weights, made,
               [(c, 1.0, -float(h)) for c, h in zip(data.CATEGORIES, halves)])
    # What the program is tested with (src/encoder/head_test.cc).
    said = made.margins(encoder.ask(options.features, options.weights, SAMPLES)) - halves
    report["samples"] = {text: [round(float(x), 2) for x in logits] for text, logits in zip(SAMPLES, said)}
    (MODELS / "train" / "second.json").write_text(json.dumps(report, indent=1) + "\n")
    print("written", flush=True)


if __name__ == "__main__":
    main()
