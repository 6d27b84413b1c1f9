"""Reads the labelled posts: the project's corpus (models/corpus) and public sets (a folder that is not committed).

A row: text, labels (set), known (set: the categories this source judged; all others are left out of loss and
metrics), src, lang, weight.
"""

import gzip
import json
import pathlib

CATEGORIES = ["illegal_goods", "fraud", "terrorism", "violence", "hate", "harassment", "sexual", "self_harm", "spam"]
ALL = frozenset(CATEGORIES)
NAMES = {"extremism": "terrorism", "selfharm": "self_harm"}
CORPUS = pathlib.Path(__file__).resolve().parent.parent / "corpus"
# Feelings that say nothing against a post being harmless.
CALM = {"neutral", "admiration", "amusement", "approval", "caring", "curiosity", "excitement", "gratitude", "joy", "love",
        "optimism", "pride", "realization", "relief", "surprise", "desire", "confusion"}


def categories_of(labels):
    found = set()
    for label in labels:
        if label in ("drugs", "weapons"):
            found.add("illegal_goods")
        elif label != "offensive":
            found.add(NAMES.get(label, label))
    return found & ALL


def known_of(row):
    known = set(row.get("known", []))
    out = {NAMES.get(k, k) for k in known} & ALL
    if {"drugs", "weapons"} <= known:
        out.add("illegal_goods")
    return out


def corpus():
    rows = []
    for file in sorted(CORPUS.rglob("*.txt")):
        lang = file.parent.name
        for line in file.read_text().splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            labels, text = line.split(" | ", 1)
            labels = set() if labels.strip() == "-" else {"illegal_goods" if x == "goods" else x for x in labels.split(",")}
            rows.append({"text": text, "labels": labels & ALL, "known": ALL, "src": "own", "lang": lang, "weight": 2.0})
    return rows


def read(path):
    with gzip.open(path, "rt") as file:
        return [json.loads(line) for line in file]


def public(folder):
    folder = pathlib.Path(folder)
    rows = []
    for name, weight in [("davidson", 0.15), ("stormfront", 0.3), ("surge", 1.0), ("tgspam", 1.0), ("goemotions", 0.5),
                         ("clinc150", 0.5), ("synth", 0.25), ("openai_moderation_devhalf", 20.0)]:
        for row in read(folder / f"{name}.jsonl.gz"):
            labels, known = categories_of(row["labels"]), known_of(row)
            if name == "surge":  # insults and contempt
                known = {"harassment"}
                labels = {"harassment"} if "offensive" in row["labels"] else set()
            if name == "goemotions":
                if set(row["emotions"]) <= CALM:
                    known = known | {"hate", "self_harm", "violence", "harassment", "sexual"}
            rows.append({"text": row["text"], "labels": labels & known, "known": frozenset(known), "src": row["src"],
                         "lang": row.get("lang", "en"), "weight": weight, "raw_labels": row["labels"]})
    return rows


def bench(folder):
    folder = pathlib.Path(folder)
    return {name: read(folder / f"{name}.jsonl.gz")
            for name in ("bench_hatecheck_en", "bench_hatecheck_multi6", "bench_xstest", "sms")}
