#!/usr/bin/env bash
# Makes the pictures of the web client in docs/images, from what the system tests see. HELIOGRAPH names the binary.
set -euo pipefail
cd "$(dirname "$0")/../.."
./tests/system/install.sh
shots=$(mktemp -d)
trap 'rm -rf "$shots"' EXIT
SHOTS=$shots build/venv/bin/python -m pytest -q tests/system/test_client_groups.py -k members_are_administered
SHOTS=$shots build/venv/bin/python -m pytest -q tests/system/test_client_search.py -k stopped_search
SHOTS=$shots build/venv/bin/python -m pytest -q tests/system/test_client_newcomer.py
mkdir -p docs/images
build/venv/bin/python - "$shots" <<'PYTHON'
import pathlib, sys
from PIL import Image

def shot(name):
    return Image.open(pathlib.Path(sys.argv[1]) / f"{name}.png").convert("RGB")

# Two windows beside one another are one picture.
both = Image.new("RGB", (1280, 800), "white")
both.paste(shot("newcomer_ann"), (0, 0))
both.paste(shot("newcomer_bob"), (640, 0))
both.paste("#8a8580", (638, 0, 642, 800))
for picture, name in ((both, "windows"), (shot("newcomer_channel"), "channel"), (shot("group_members"), "chat"), (shot("search_held"), "search")):
    picture.resize((960, 600), Image.LANCZOS).save(f"docs/images/{name}.webp", quality=80, method=6)
PYTHON
