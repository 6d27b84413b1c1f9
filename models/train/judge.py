"""Judges the whole scan (terms, links, model, policy) as shipped, on sets that nothing was trained on.

    python3 models/train/judge.py --data DIR --heliograph build/release/heliograph > judged.json
"""

import argparse
import json
import pathlib
import subprocess
import sys

import numpy as np
from sklearn.metrics import average_precision_score

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import attacks  # noqa: E402
import data  # noqa: E402
import train  # noqa: E402


def scan(command, texts):
    """`command`: the program, and what else its `scan` is given."""
    feed = "".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in enumerate(texts))
    out = subprocess.run([command[0], "scan", *command[1:]], input=feed.encode(), capture_output=True, check=True).stdout
    return [json.loads(line) for line in out.decode().splitlines()]


def command_of(options):
    more = [("--second-stage", options.second_stage), ("--policy", options.policy), ("--model", options.model)]
    return [options.heliograph] + [word for name, value in more if value for word in (name, value)]


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--data", required=True)
    ask.add_argument("--heliograph", required=True)
    ask.add_argument("--second-stage", help="weights of the encoder: both stages are judged together")
    ask.add_argument("--policy", help="another one than the program's")
    ask.add_argument("--model", help="another one than the program's")
    options = ask.parse_args()
    command = command_of(options)
    benches = data.bench(options.data)
    report = {}

    rows = benches["bench_hatecheck_en"]
    hate = np.array([v["categories"]["hate"] for v in scan(command, [r["text"] for r in rows])])
    truth = np.array([bool(r["labels"]) for r in rows])
    said = hate >= 0.5
    functions = {}
    for name in sorted({r["func"] for r in rows}):
        use = np.array([r["func"] == name for r in rows])
        functions[name] = round(float((said[use] == truth[use]).mean()), 3)
    report["hatecheck_en"] = {
        "hateful_right": round(float(said[truth].mean()), 3), "benign_right": round(float((~said[~truth]).mean()), 3),
        "right": round(float((said == truth).mean()), 3), "auprc": round(float(average_precision_score(truth, hate)), 3),
        "functions": functions, **train.f1(truth, hate, 0.5), "groups": {}}
    for name, rate in (("1pct", 0.01), ("0.1pct", 0.001)):
        report["hatecheck_en"][f"recall_at_{name}"] = round(train.at_false_alarms(hate[~truth], hate[truth], rate)[0], 3)
    for group in sorted({r["target"] for r in rows} - {""}):
        use = np.array([r["target"] == group for r in rows])
        y, s = truth[use], hate[use]
        report["hatecheck_en"]["groups"][group] = {
            "posts": int(use.sum()), "auprc": round(float(average_precision_score(y, s)), 3), **train.f1(y, s, 0.5),
            "hateful_missed": round(float((s[y] < 0.5).mean()), 3), "harmless_taken": round(float((s[~y] >= 0.5).mean()), 3)}

    rows = benches["bench_hatecheck_multi6"]
    hate = np.array([v["categories"]["hate"] for v in scan(command, [r["text"] for r in rows])])
    report["hatecheck_multi"] = {}
    for lang in sorted({r["lang"] for r in rows}):
        use = np.array([r["lang"] == lang for r in rows])
        y = np.array([bool(r["labels"]) for r in rows])[use]
        report["hatecheck_multi"][lang] = {
            "auprc": round(float(average_precision_score(y, hate[use])), 3), "share_hateful": round(float(y.mean()), 3),
            "hateful_right": round(float((hate[use][y] >= 0.5).mean()), 3),
            "benign_right": round(float((hate[use][~y] < 0.5).mean()), 3)}

    rows = benches["bench_xstest"]
    verdicts = scan(command, [r["text"] for r in rows])
    safe = [v for r, v in zip(rows, verdicts) if not r["type"].startswith("contrast")]
    report["xstest"] = {"safe": len(safe), "safe_acted_on": sum(v["action"] != "allow" for v in safe)}

    rows = benches["sms"]
    verdicts = scan(command, [r["text"] for r in rows])
    y = np.array([bool(r["labels"]) for r in rows])
    s = np.array([max(v["categories"]["spam"], v["categories"]["fraud"]) for v in verdicts])
    report["sms"] = {"spam_auprc": round(float(average_precision_score(y, s)), 3),
                     "ham": int((~y).sum()), "ham_acted_on": sum(v["action"] != "allow" for v, b in zip(verdicts, y) if not b)}

    # Ordinary text, plain and disguised: how much is acted on.
    chat = [r["text"] for r in rows if not r["labels"]][:1500]
    report["benign_disguised_acted_on"] = {}
    for name, attack in [("clean", lambda t, _: t)] + sorted(attacks.ALL.items()):
        rng = attacks.make_rng(3)
        verdicts = scan(command, [attack(t, rng) for t in chat])
        report["benign_disguised_acted_on"][name] = round(sum(v["action"] != "allow" for v in verdicts) / len(chat), 4)
    json.dump(report, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
