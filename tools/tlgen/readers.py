"""Reads the schema out of the packages of three client libraries."""

import ast
import itertools
import pathlib
import re
import zlib

import parse
from parse import Combinator, Field

# Built into the codec, or in the old syntax, or a client's own additions.
_SKIPPED = re.compile(
    r"boolFalse|boolTrue|true|vector|null|ipPort\w*|accessPointRule|help\.configSimple|tls[A-Z]\w*"
    r"|invokeWith\w+Prefix|mtcute\..*|\w+Legacy")


def skipped(name: str) -> bool:
    return bool(_SKIPPED.fullmatch(name))


def read_mtcute(entries: list[dict]) -> list[Combinator]:
    """`e` of @mtcute/*'s api-schema.json, or the list in mtp-schema.json."""
    combinators = []
    for entry in entries:
        name = entry["name"].removeprefix("mt_")
        if skipped(name):
            continue
        fields = [Field(a["name"], _mtcute_type(a)) for a in entry["arguments"]]
        combinators.append(Combinator(name, entry["id"], fields, _mtcute_type(entry),
                                      entry["kind"] == "method", bool(entry.get("generics"))))
    return combinators


def _mtcute_type(entry: dict) -> str:
    name = {"int53": "long"}.get(entry["type"], entry["type"]).removeprefix("mt_")
    modifiers = entry.get("typeModifiers", {})
    if modifiers.get("isBareType"):
        name = "%" + name
    if modifiers.get("isVector"):
        name = f"Vector<{name}>"
    if modifiers.get("isBareVector"):
        name = f"vector<{name}>"
    if "predicate" in modifiers:
        name = f"{modifiers['predicate']}?{name}"
    return name


def read_gramjs(folder: pathlib.Path) -> list[Combinator]:
    """tl/apiTl.js: TL text inside one template string. tl/schemaTl.js is MTProto's own schema."""
    text = (folder / "tl" / "apiTl.js").read_text().split("`")[1]
    combinators, function = [], False
    for line in text.splitlines():
        line = line.strip()
        if line == "---functions---":
            function = True
        elif line == "---types---":
            function = False
        elif line and not line.startswith("//") and not skipped(line.split("#")[0].split(" ")[0]):
            combinators.append(parse.parse_line(line, function))
    return combinators


_READS = {"read_int": "int", "read_long": "long", "tgread_date": "int", "tgread_string": "string",
          "tgread_bytes": "bytes", "tgread_bool": "Bool", "read_double": "double"}
_LARGE = {128: "int128", 256: "int256"}


class TelethonTable:
    """telethon/tl/{types,functions}/*.py: ids, and enough to rebuild each definition.

    Generated classes do not hold the TL text, but the order of reads in from_reader, the annotations of
    __init__ and the id (a checksum over the definition) determine it. A rebuilt definition whose checksum is
    not its id is an error, so a wrong guess cannot pass.
    """

    def __init__(self, folder: pathlib.Path):
        self.classes: dict[int, tuple[ast.ClassDef, str, bool]] = {}
        self.layer = int(re.search(r"LAYER = (\d+)", (folder / "tl" / "alltlobjects.py").read_text())[1])
        for kind in ("types", "functions"):
            for path in sorted((folder / "tl" / kind).glob("*.py")):
                prefix = "" if path.stem == "__init__" else path.stem + "."
                for node in ast.parse(path.read_text()).body:
                    if isinstance(node, ast.ClassDef):
                        self.classes[_constant(node, "CONSTRUCTOR_ID")] = (node, prefix, kind == "functions")

    def rebuild(self, id_: int, type_names: set[str]) -> Combinator:
        node, prefix, function = self.classes[id_]
        methods = {n.name: n for n in node.body if isinstance(n, ast.FunctionDef)}
        notes = _annotations(methods.get("__init__"))
        fields = []
        for statement in methods["from_reader"].body:
            fields += _read_statement(statement, "")
        results = [n for n in type_names if zlib.crc32(n.encode()) == _constant(node, "SUBCLASS_OF_ID")]
        name = node.name.removesuffix("Request") if function else node.name
        for result in results:
            for choice in _spellings(fields, notes, type_names):
                for spelled in (name[0].lower() + name[1:], name):
                    made = Combinator(prefix + spelled, id_, choice, result, function)
                    if parse.crc(made) == id_:
                        return made
        raise parse.SchemaError(f"cannot rebuild {prefix}{node.name}#{id_:08x}: {fields} {results}")

    def annotated_types(self) -> set[str]:
        """Every type that the classes mention. A class names its type by checksum, which settles namespaces."""
        bare, spaces = set(), {""}
        for node, prefix, _ in self.classes.values():
            spaces.add(prefix)
            bare |= {node.name, *re.findall(r"Type(\w+)", ast.unparse(node))}
        checksums = {_constant(node, "SUBCLASS_OF_ID") for node, _, _ in self.classes.values()}
        return {s + name for name in bare for s in spaces if zlib.crc32((s + name).encode()) in checksums}


def telethon_skips(prefix: str, class_name: str) -> bool:
    return skipped(prefix + class_name[0].lower() + class_name[1:])


def _constant(node: ast.ClassDef, name: str) -> int:
    for statement in node.body:
        if isinstance(statement, ast.Assign) and statement.targets[0].id == name:
            return statement.value.value
    return 0


def _read_statement(node: ast.stmt, predicate: str) -> list[Field]:
    """Fields that one statement of from_reader reads; an object's type is left as `?`."""
    text = ast.unparse(node)
    if isinstance(node, ast.Assign):
        target = node.targets[0].id
        if match := re.fullmatch(r"(flags\d*) = reader\.read_int\(\)", text):
            return [Field(match[1], "#")]
        if match := re.fullmatch(r"_(\w+) = bool\((flags\d*) & (\d+)\)", text):
            return [Field(match[1], f"{match[2]}.{int(match[3]).bit_length() - 1}?true")]
        if match := re.fullmatch(r"_(\w+) = reader\.(\w+)\(((?:bits=)?(\d+))?\)", text):
            kind = _LARGE[int(match[4])] if match[4] else _READS.get(match[2], "?")
            return [Field(match[1], predicate + kind)]
        if text.endswith("= []"):
            return [Field(target[1:], predicate + "Vector<>")]
        return []
    if isinstance(node, ast.If):
        flag = re.match(r"(flags\d*) & (\d+)", ast.unparse(node.test))
        predicate = f"{flag[1]}.{int(flag[2]).bit_length() - 1}?"
        return [f for s in node.body for f in _read_statement(s, predicate)]
    if isinstance(node, ast.For):
        inner = [f for s in node.body for f in _read_statement(s, "")]
        return [Field("*", inner[0].type)] if inner else []
    return []


def _spellings(fields: list[Field], notes: dict[str, str], type_names: set[str]):
    """Each way to name the object types that from_reader leaves open (usually exactly one)."""
    merged: list[Field] = []
    for field in fields:
        if field.name == "*":  # the element of the vector that was just opened
            merged[-1].type = merged[-1].type.replace("<>", f"<{field.type}>")
        else:
            merged.append(Field(field.name, field.type))
    choices = []
    for field in merged:
        options = [field.type]
        if field.type.endswith("?") or "<?>" in field.type:
            bare = re.search(r"Type(\w+)", notes[field.name])[1]
            names = sorted(n for n in type_names if n.split(".")[-1] == bare)
            start = field.type.removesuffix("?") if field.type.endswith("?") else None
            options = [start + n if start is not None else field.type.replace("<?>", f"<{n}>") for n in names]
        choices.append([Field(field.name, option) for option in options])
    return map(list, itertools.product(*choices))


def _annotations(init: ast.FunctionDef | None) -> dict[str, str]:
    return {a.arg: ast.unparse(a.annotation) for a in init.args.args if a.annotation} if init else {}
