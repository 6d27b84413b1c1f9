"""Posts of the corpus that share words with a benchmark: five in a row, or the whole of a shorter sentence.

    python3 models/train/overlap.py --data DIR [--drop]

Prints them; --drop takes them out of their files. Rows of the benchmarks are `bench_*` in DIR.
"""

import argparse
import pathlib
import re

import data

LONG, SHORT = 5, 3


def words(text):
    return re.findall(r"\w+", text.lower().replace("’", "'").replace("'", ""))


def runs(text_words, length):
    return {tuple(text_words[i:i + length]) for i in range(len(text_words) - length + 1)}


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--data", required=True)
    ask.add_argument("--drop", action="store_true")
    options = ask.parse_args()
    taken, whole = set(), set()
    for file in sorted(pathlib.Path(options.data).glob("bench_*.jsonl.gz")):
        for row in data.read(file):
            said = words(row["text"])
            taken |= runs(said, LONG)
            if SHORT <= len(said) < LONG:
                whole.add(tuple(said))
    found = 0
    for file in sorted(data.CORPUS.rglob("*.txt")):
        left = []
        for line in file.read_text().splitlines(keepends=True):
            said = words(line.split(" | ", 1)[1]) if " | " in line else []
            shared = runs(said, LONG) & taken or (runs(said, 3) | runs(said, 4)) & whole
            if shared:
                found += 1
                print(f"{file.parent.name}/{file.name}: {line.strip()[:90]}")
            else:
                left.append(line)
        if options.drop:
            file.write_text("".join(left))
    print(found, "posts")


if __name__ == "__main__":
    main()
