"""Judges the scan as shipped on models/unseen: posts that neither the model nor the corpus's writers had seen.

    python3 models/train/unseen.py --heliograph build/release/heliograph > unseen.json
    python3 models/train/unseen.py --heliograph build/release/heliograph --second-stage FILE > unseen_both.json
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
import judge  # noqa: E402
import train  # noqa: E402

UNSEEN = data.CORPUS.parent / "unseen"


def posts():
    for file in sorted(UNSEEN.glob("*.txt")):
        for line in file.read_text().splitlines():
            labels, text = line.split(" | ", 1)
            labels = {x.strip() for x in labels.split(",")} - {"-"}
            yield file.stem, {"illegal_goods" if x == "goods" else x for x in labels}, text


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--heliograph", required=True)
    ask.add_argument("--second-stage", help="weights of the encoder: both stages are judged together")
    ask.add_argument("--policy", help="another one than the program's")
    ask.add_argument("--model", help="another one than the program's")
    ask.add_argument("--disguise", choices=sorted(attacks.ALL), help="of all posts")
    options = ask.parse_args()
    hide, rng = attacks.ALL.get(options.disguise, lambda text, _: text), attacks.make_rng(3)
    rows = list(posts())
    verdicts = judge.scan(judge.command_of(options), [hide(text, rng) for _, _, text in rows])
    scores = np.array([[v["categories"][c] for c in data.CATEGORIES] for v in verdicts])
    harm = np.array([bool(labels) for _, labels, _ in rows])
    acted = np.array([v["action"] != "allow" for v in verdicts])
    english = np.array([lang == "en" for lang, _, _ in rows])
    report = {}
    for name, use in [("all", harm | ~harm), ("english", english), ("other", ~english)]:
        top = scores[use].max(axis=1)
        each = {c: average_precision_score([c in rows[i][1] for i in np.flatnonzero(use)], scores[use][:, k])
                for k, c in enumerate(data.CATEGORIES)}
        line, high = np.quantile(top[~harm[use]], [0.99, 0.999])
        report[name] = {
            "posts": int(use.sum()), "auprc": {c: round(float(v), 3) for c, v in each.items()},
            "f1": {c: train.f1(np.array([c in rows[i][1] for i in np.flatnonzero(use)]), scores[use][:, k], 0.5)
                   for k, c in enumerate(data.CATEGORIES)},
            "macro": round(float(np.mean(list(each.values()))), 3),
            "recall_at_1pct_false_alarms": round(float((top[harm[use]] > line).mean()), 3),
            "recall_at_0.1pct_false_alarms": round(float((top[harm[use]] > high).mean()), 3),
            "harmless_above_half": round(float((top[~harm[use]] >= 0.5).mean()), 3),
            "harmful_acted_on": round(float(acted[use & harm].mean()), 3),
            "harmless_acted_on": round(float(acted[use & ~harm].mean()), 3)}
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
