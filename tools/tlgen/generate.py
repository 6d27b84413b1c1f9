#!/usr/bin/env python3
"""schema/ -> C++. Run by the build: generate.py SCHEMA_FOLDER OUTPUT_FOLDER [--list]

--list writes nothing and prints the names of the files, for CMake.
"""

import json
import pathlib
import sys

import model
import parse
import write_headers
import write_tables


def load(schema: pathlib.Path) -> model.Model:
    entries = json.loads((pathlib.Path(__file__).parent / "layers.json").read_text())
    primary = next(e["layer"] for e in entries if e.get("primary"))
    layers, api = parse.parse_file((schema / "api.tl").read_text())
    _, mtproto = parse.parse_file((schema / "mtproto.tl").read_text())
    return model.build(layers, api, mtproto, (schema / "downgrade.txt").read_text(), primary)


def main():
    schema, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    made = load(schema)
    files = write_headers.headers(made) | write_tables.tables(made)
    if "--list" in sys.argv:
        print(";".join(files))
        return
    output.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = output / name
        # An unchanged file keeps its time, so that what includes it is not built again.
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
    for path in output.iterdir():
        if path.name not in files:
            path.unlink()


if __name__ == "__main__":
    main()
