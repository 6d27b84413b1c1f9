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


def scan(binary, texts):
    feed = "".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in enumerate(texts))
    out = subprocess.run([binary, "scan"], input=feed.encode(), capture_output=True, check=True).stdout
    return [json.loads(line) for line in out.decode().splitlines()]


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--data", required=True)
    ask.add_argument("--heliograph", required=True)
    options = ask.parse_args()
    benches = data.bench(options.data)
    report = {}

    rows = benches["bench_hatecheck_en"]
    hate = np.array([v["categories"]["hate"] for v in scan(options.heliograph, [r["text"] for r in rows])])
    truth = np.array([bool(r["labels"]) for r in rows])
    said = hate >= 0.5
    functions = {}
    for name in sorted({r["func"] for r in rows}):
        use = np.array([r["func"] == name for r in rows])
        functions[name] = round(float((said[use] == truth[use]).mean()), 3)
    report["hatecheck_en"] = {
        "hateful_right": round(float(said[truth].mean()), 3), "benign_right": round(float((~said[~truth]).mean()), 3),
        "right": round(float((said == truth).mean()), 3), "auprc": round(float(average_precision_score(truth, hate)), 3),
        "functions": functions}

    rows = benches["bench_hatecheck_multi6"]
    hate = np.array([v["categories"]["hate"] for v in scan(options.heliograph, [r["text"] for r in rows])])
    report["hatecheck_multi"] = {}
    for lang in sorted({r["lang"] for r in rows}):
        use = np.array([r["lang"] == lang for r in rows])
        y = np.array([bool(r["labels"]) for r in rows])[use]
        report["hatecheck_multi"][lang] = {
            "auprc": round(float(average_precision_score(y, hate[use])), 3), "share_hateful": round(float(y.mean()), 3),
            "hateful_right": round(float((hate[use][y] >= 0.5).mean()), 3),
            "benign_right": round(float((hate[use][~y] < 0.5).mean()), 3)}

    rows = benches["bench_xstest"]
    verdicts = scan(options.heliograph, [r["text"] for r in rows])
    safe = [v for r, v in zip(rows, verdicts) if not r["type"].startswith("contrast")]
    report["xstest"] = {"safe": len(safe), "safe_acted_on": sum(v["action"] != "allow" for v in safe)}

    rows = benches["sms"]
    verdicts = scan(options.heliograph, [r["text"] for r in rows])
    y = np.array([bool(r["labels"]) for r in rows])
    s = np.array([max(v["categories"]["spam"], v["categories"]["fraud"]) for v in verdicts])
    report["sms"] = {"spam_auprc": round(float(average_precision_score(y, s)), 3),
                     "ham": int((~y).sum()), "ham_acted_on": sum(v["action"] != "allow" for v, b in zip(verdicts, y) if not b)}

    # Ordinary text, plain and disguised: how much is acted on.
    chat = [r["text"] for r in rows if not r["labels"]][:1500]
    report["benign_disguised_acted_on"] = {}
    for name, attack in [("clean", lambda t, _: t)] + sorted(attacks.ALL.items()):
        rng = attacks.make_rng(3)
        verdicts = scan(options.heliograph, [attack(t, rng) for t in chat])
        report["benign_disguised_acted_on"][name] = round(sum(v["action"] != "allow" for v in verdicts) / len(chat), 4)
    json.dump(report, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
