"""Writes the tables of models/README.md and models/second-stage.md anew from the reports beside this file.

    python3 models/train/card.py

Each table stands between `<!-- NAME -->` and `<!-- end -->`. What the text around them says is for a person to keep true.
"""

import json
import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent
FIRST, SECOND = HERE.parent / "README.md", HERE.parent / "second-stage.md"
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


def f1_of(figure):
    low, high = figure["f1_interval"]
    return f"{figure['f1']:.2f} ({low:.2f}-{high:.2f})"


def tables():
    report, judged, unseen = load("report"), load("judged"), load("unseen")
    openai, own = report["cross_fit"]["openai"], report["cross_fit"]["own"]
    yield "categories", table(
        ["category", "OpenAI samples, cross-fit (95 %)", "row of BASELINES.md (twice the rows)", "own corpus, cross-fit (95 %)",
         "posts for it"],
        [[c, interval(openai[c]) if c in openai else "-", BASELINE.get(c, "-"), interval(own[c]), own[c]["positives"]]
         for c in CATEGORIES])
    yield "F1", table(
        ["category", "own corpus, F1 (95 %)", "recall at 1 % false alarms", "at 0.1 %", "OpenAI samples, F1 (95 %)", "recall at 1 %",
         "at 0.1 %", "unseen posts, F1 (95 %)"],
        [[c, *(cell for part in (own, openai) for cell in (
            [f1_of(part[c]), share(part[c]["recall_at_1pct"]), share(part[c]["recall_at_0.1pct"])] if c in part else ["-"] * 3)),
          f1_of(unseen["all"]["f1"][c])] for c in CATEGORIES])
    yield "unseen", table(
        ["", "average precision, mean of nine", "recall at 1 % false alarms", "recall at 0.1 %", "harmful acted on in any way",
         "harmless acted on"],
        [[name, f"{part['macro']:.3f}", share(part["recall_at_1pct_false_alarms"]), share(part["recall_at_0.1pct_false_alarms"]),
          share(part["harmful_acted_on"]),
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
    yield "HateCheck", table(
        ["", "hateful right", "not hateful right", "all right", "AUPRC", "F1 (95 %)", "recall at 1 % false alarms", "at 0.1 %"],
        [["first stage", share(english["hateful_right"], 1), share(english["benign_right"], 1), share(english["right"], 1),
          f"{english['auprc']:.3f}", f1_of(english), share(english["recall_at_1pct"]), share(english["recall_at_0.1pct"])],
         ["linear baseline of BASELINES.md", "41.7 %", "75.9 %", "52.4 %", "-", "-", "-", "-"]])
    yield "groups", table(
        ["group spoken of", "posts", "hateful missed", "harmless taken for hate", "AUPRC", "F1 (95 %)"],
        [[name, v["posts"], share(v["hateful_missed"]), share(v["harmless_taken"]), f"{v['auprc']:.3f}", f1_of(v)]
         for name, v in english["groups"].items()])
    yield "languages of HateCheck", table(
        ["language", "AUPRC (share hateful)", "hateful right", "benign right"],
        [[name, f"{v['auprc']:.3f} ({v['share_hateful']:.2f})", f"{v['hateful_right']:.2f}", f"{v['benign_right']:.2f}"]
         for name, v in sorted(judged["hatecheck_multi"].items())])
    yield "languages", table(
        ["language", "any harm, AUPRC", "harmful above 0.5", "harmless above 0.5", "posts"],
        [[name, f"{v['any_harm_auprc']:.3f}", share(v["harmful_above_half"]), share(v["harmless_above_half"], 1), v["rows"]] for name, v in sorted(report["own_by_language"].items())])


def average(part):
    return f"{sum(part[c]['auprc'] for c in CATEGORIES) / len(CATEGORIES):.3f}"


def tables_of_both():
    one, two, wide = load("unseen"), load("unseen_both"), load("unseen_wide")
    both, judged, again = load("both"), load("judged"), load("judged_both")
    stages_of = [("first alone", one), ("both", two), ("both, from 0", wide)]
    parts = [("all", "all"), ("English", "english"), ("other languages", "other")]
    figures = [("average precision, mean of nine", "macro", lambda v: f"{v:.3f}"),
               ("recall at 1 % false alarms", "recall_at_1pct_false_alarms", share),
               ("recall at 0.1 %", "recall_at_0.1pct_false_alarms", share),
               ("harmless above 0.5", "harmless_above_half", lambda v: share(v, 1)),
               ("harmful acted on in any way", "harmful_acted_on", share),
               ("harmless acted on", "harmless_acted_on", lambda v: share(v, 1))]
    yield "both unseen", table(
        ["", *(name for name, _, _ in figures)],
        [[f"{name}, {stages}", *(form(report[key][field]) for _, field, form in figures)]
         for name, key in parts for stages, report in stages_of])
    yield "both unseen categories", table(
        ["", *CATEGORIES], [[name, *(f"{report['all']['auprc'][c]:.2f}" for c in CATEGORIES)]
                            for name, report in stages_of])
    samples = both["openai-moderation"]
    yield "both samples", table(
        ["category", "row of BASELINES.md (twice the rows)", "first alone (95 %)", "both (95 %)", "encoder alone", "both, from 0"],
        [[c, BASELINE[c], interval(samples["first"][c]), interval(samples["both"][c]), f"{samples['second'][c]['auprc']:.3f}",
          f"{samples['both_wide'][c]['auprc']:.3f}"] for c in CATEGORIES if c in samples["first"]])
    own = both["own"]
    yield "both own", table(
        ["", "average precision, mean of nine", "harm found at 1 % false alarms", "at 0.1 %", "harmless above 0.5", "harmful above 0.5"],
        [[name, average(own[key]), share(own[key]["recall_at_1pct"]), share(own[key]["recall_at_0.1pct"]),
          share(own[key]["harmless_above_half"], 1), share(own[key]["harmful_above_half"])]
         for name, key in [("first alone", "first"), ("both", "both"), ("encoder alone", "second"),
                           ("both, from 0", "both_wide")]])
    yield "both HateCheck", table(
        ["HateCheck", "AUPRC", "hateful right", "not hateful right"],
        [[f"{name}, {stages}", f"{v['auprc']:.3f}", f"{v['hateful_right']:.2f}", f"{v['benign_right']:.2f}"]
         for name, of in [("english", lambda r: r["hatecheck_en"])] + [
             (lang, lambda r, lang=lang: r["hatecheck_multi"][lang]) for lang in sorted(judged["hatecheck_multi"])]
         for stages, v in (("first alone", of(judged)), ("both", of(again)))])


def write(card, made):
    text = card.read_text()
    for name, body in made:
        text, found = re.subn(rf"(<!-- {re.escape(name)} -->\n).*?(\n<!-- end -->)", lambda m: m[1] + body + m[2], text, flags=re.S)
        if found != 1:
            raise SystemExit(f"{card.name} has no place for the table `{name}`")
    card.write_text(text)


def main():
    write(FIRST, tables())
    write(SECOND, tables_of_both())


if __name__ == "__main__":
    main()
