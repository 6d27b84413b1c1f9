"""Writes the tables of models/README.md anew from the reports beside this file.

    python3 models/train/card.py

Each table stands between `<!-- NAME -->` and `<!-- end -->`. What the text around them says is for a person to keep true.
"""

import json
import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent
CARD = HERE.parent / "README.md"
CATEGORIES = ["illegal_goods", "fraud", "terrorism", "violence", "hate", "harassment", "sexual", "self_harm", "spam"]
# ../shared/data/moderation/BASELINES.md, written before the project: linear, all 1,680 samples.
BASELINE = {"violence": ".209", "hate": ".587", "harassment": ".210", "sexual": ".888", "self_harm": ".568"}


def load(name):
    return json.loads((HERE / f"{name}.json").read_text())


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def share(value, digits=0):
    return f"{100 * value:.{digits}f} %"


def interval(figure):
    low, high = figure["interval"]
    return f"{figure['auprc']:.3f} ({low:.2f}-{high:.2f})"


def tables():
    report, judged, unseen = load("report"), load("judged"), load("unseen")
    openai, own = report["cross_fit"]["openai"], report["cross_fit"]["own"]
    yield "categories", table(
        ["category", "OpenAI samples, cross-fit (95 %)", "row of BASELINES.md (twice the rows)", "own corpus, cross-fit (95 %)",
         "posts for it"],
        [[c, interval(openai[c]) if c in openai else "-", BASELINE.get(c, "-"), interval(own[c]), own[c]["positives"]]
         for c in CATEGORIES])
    yield "unseen", table(
        ["", "average precision, mean of nine", "recall at 1 % false alarms", "harmful acted on in any way", "harmless acted on"],
        [[name, f"{part['macro']:.3f}", share(part["recall_at_1pct_false_alarms"]), share(part["harmful_acted_on"]),
          share(part["harmless_acted_on"], 1)]
         for name, part in [("all", unseen["all"]), ("English", unseen["english"]), ("other languages", unseen["other"])]])
    yield "unseen categories", table(CATEGORIES, [[f"{unseen['all']['auprc'][c]:.2f}" for c in CATEGORIES]])
    yield "disguises", table(
        ["", *CATEGORIES],
        [[name, *(f"{report['own_attacked'][name][c]:.2f}" for c in CATEGORIES)]
         for name in ["clean", "leet", "homoglyph", "zero-width", "spaced", "dotted", "repeated"]])
    acted = judged["benign_disguised_acted_on"]
    yield "harmless", table(["", *acted], [["acted on", *(share(v, 1) for v in acted.values())]])
    english = judged["hatecheck_en"]
    yield "functions", table(["function", "right"], [[k, f"{v:.2f}"] for k, v in sorted(english["functions"].items())])
    yield "languages of HateCheck", table(
        ["language", "AUPRC (share hateful)", "hateful right", "benign right"],
        [[name, f"{v['auprc']:.3f} ({v['share_hateful']:.2f})", f"{v['hateful_right']:.2f}", f"{v['benign_right']:.2f}"]
         for name, v in sorted(judged["hatecheck_multi"].items())])
    yield "languages", table(
        ["language", "any harm, AUPRC", "posts"],
        [[name, f"{v['any_harm_auprc']:.3f}", v["rows"]] for name, v in sorted(report["own_by_language"].items())])


def main():
    text = CARD.read_text()
    for name, body in tables():
        text, found = re.subn(rf"(<!-- {re.escape(name)} -->\n).*?(\n<!-- end -->)", lambda m: m[1] + body + m[2], text, flags=re.S)
        if found != 1:
            raise SystemExit(f"models/README.md has no place for the table `{name}`")
    CARD.write_text(text)


if __name__ == "__main__":
    main()
