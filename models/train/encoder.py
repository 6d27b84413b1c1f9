"""What the encoder says of texts (src/encoder/head.h: features), kept in a folder: it takes ten minutes of a core."""

import concurrent.futures
import json
import pathlib
import subprocess

import numpy as np

FEATURES = 4 * 384
AT_ONCE = 500


def ask(binary, weights, texts):
    feed = "".join(json.dumps({"text": t}) + "\n" for t in texts)
    out = subprocess.run([binary, weights], input=feed.encode(), capture_output=True, check=True).stdout
    return np.frombuffer(out, np.float32).reshape(len(texts), FEATURES).astype(np.float16)


def kept_in(folder):
    """Every text that was ever read: {text: (file, row)}."""
    found = {}
    for asked in sorted(folder.glob("*-*.json")):
        kept = asked.with_suffix(".npy")
        if kept.exists():
            found.update((text, (kept, row)) for row, text in enumerate(json.loads(asked.read_text())))
    return found


def features(folder, name, texts, binary, weights, processes=2):
    """One row a text. Only texts that are new to `folder` are read."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    known = kept_in(folder)
    new = [t for t in dict.fromkeys(texts) if t not in known]
    if new:
        done = []
        with concurrent.futures.ThreadPoolExecutor(processes) as pool:
            for part in pool.map(lambda at: ask(binary, weights, new[at:at + AT_ONCE]), range(0, len(new), AT_ONCE)):
                done.append(part)
                print(name, len(done) * AT_ONCE, "of", len(new), flush=True)
        # A name that no earlier run has taken.
        count = sum(1 for _ in folder.glob(f"{name}-*.json"))
        np.save(folder / f"{name}-{count}.npy", np.concatenate(done))
        (folder / f"{name}-{count}.json").write_text(json.dumps(new))
        known = kept_in(folder)
    files = {kept: np.load(kept, mmap_mode="r") for kept in {known[t][0] for t in texts}}
    out = np.empty((len(texts), FEATURES), np.float16)
    for row, text in enumerate(texts):
        kept, at = known[text]
        out[row] = files[kept][at]
    return out
