"""The union over all layers: one structure a combinator name, one variant a wire form.

Every structure becomes a plain C++ struct; every variant becomes a row of the codec's tables that says how the
struct is laid out on the wire in the layers that have this variant.
"""

import dataclasses
import re

from parse import Combinator, SchemaError

PLAIN = {"int": "int32", "long": "int64", "double": "float64", "string": "string", "bytes": "bytes",
         "int128": "int128", "int256": "int256", "Bool": "boolean", "true": "flag"}


@dataclasses.dataclass(frozen=True)
class Shape:
    """A field's type without its condition."""
    kind: str  # a value of PLAIN, or `boxed`, `bare`, `rest`
    type: str = ""  # boxed: the TL type; bare: the constructor
    vector: str = ""  # "", "boxed" (Vector) or "bare" (vector)


@dataclasses.dataclass
class Member:
    name: str
    shape: Shape
    optional: bool  # std::optional; never set for boxed values, which may be null
    layers: tuple[int, ...]


@dataclasses.dataclass
class Op:
    """One step of a variant's wire form."""
    shape: Shape | None  # None: a flags word
    member: int | None  # None: always the default value
    word: int = 0
    bit: int | None = None
    shared: bool = False  # hangs on one bit with other fields, some of them with data


@dataclasses.dataclass
class Variant:
    id: int
    layers: tuple[int, ...]
    type: str
    ops: list[Op]


@dataclasses.dataclass
class Structure:
    name: str
    function: bool
    result: str  # of the newest layer: a TL type, `Vector<...>` or `X`
    members: list[Member]
    variants: list[Variant]  # newest first
    borrowed: list[Variant]  # other constructors' forms for layers that lack this one, see downgrade.txt
    index: int = 0

    @property
    def space(self) -> str:
        return self.name.split(".")[0] if "." in self.name else ""

    @property
    def short(self) -> str:
        return self.name.split(".")[-1]


@dataclasses.dataclass
class Fallback:
    layers: tuple[int, ...]
    variant: Variant
    always: bool  # named in downgrade.txt: also replaces a value of an optional field


@dataclasses.dataclass
class Model:
    layers: list[int]
    structures: list[Structure]
    types: list[str]
    fallbacks: dict[str, list[Fallback]]


def split(text: str) -> tuple[int, int | None, Shape]:
    """`flags2.3?Vector<Peer>` -> (word 1, bit 3, shape)."""
    word, bit = 0, None
    if match := re.match(r"flags(\d*)\.(\d+)\?", text):
        word, bit = int(match[1] or 1) - 1, int(match[2])
        text = text[match.end():]
    return word, bit, shape_of(text)


def shape_of(text: str) -> Shape:
    if text == "!X":
        return Shape("rest")
    vector = ""
    if match := re.fullmatch(r"([Vv])ector<(.+)>", text):
        vector = "boxed" if match[1] == "V" else "bare"
        text = match[2]
        if "<" in text:
            raise SchemaError(f"a vector of vectors: {text}")
    if text in PLAIN:
        return Shape(PLAIN[text], "", vector)
    if text.startswith("%"):
        return Shape("bare", text[1:], vector)
    return Shape("boxed", text, vector)


def _join(a: Shape, b: Shape) -> Shape | None:
    """The shape of one C++ member that can hold both, where the codec converts; None if they are unlike."""
    if a == b:
        return a
    if a.vector or b.vector:
        return None
    kinds = {a.kind, b.kind}
    if kinds == {"flag", "boolean"}:
        return Shape("boolean")
    if kinds <= {"int32", "int64"}:
        return Shape("int64")
    if kinds <= {"int32", "float64"}:
        return Shape("float64")
    for boxed, plain in ((a, b), (b, a)):
        if (boxed.type, plain.kind) in (("TextWithEntities", "string"), ("Peer", "int64")):
            return boxed
    return None


def _structure(group: list[Combinator], primary: int) -> Structure:
    """`group`: the combinators of one name. The primary layer's fields come first, then by newest layer."""
    group = sorted(group, key=lambda c: (-(primary in c.layers), -c.layers[-1], c.id))
    members: list[Member] = []
    mandatory: list[bool] = []
    index_of: dict[tuple[int, str], int] = {}
    for combinator in group:
        for field in combinator.fields:
            if field.type == "#":
                continue
            _, bit, shape = split(field.type)
            optional = bit is not None and shape.kind not in ("flag", "boxed", "bare") or \
                bit is not None and bool(shape.vector)
            at = next((i for i, m in enumerate(members) if m.name == field.name), None)
            joined = shape if at is None else _join(members[at].shape, shape)
            name = field.name
            if joined is None:
                name = f"{field.name}_l{combinator.layers[-1]}"
                at = next((i for i, m in enumerate(members) if m.name == name), None)
                joined = shape
            if at is None:
                members.append(Member(name, shape, optional, combinator.layers))
                at = len(members) - 1
            else:
                member = members[at]
                member.layers = tuple(sorted({*member.layers, *combinator.layers}))
                if joined != member.shape and joined.kind == "boolean":
                    member.optional = optional = False
                member.shape = joined
                # A vector that only some layers let be absent: empty says the same.
                member.optional = member.optional and optional if joined.vector else member.optional or optional
                if joined.kind in ("boxed", "bare") and not joined.vector:
                    member.optional = False
                if joined.kind == "boolean" and "flag" in (shape.kind,):
                    member.optional = False
            index_of[combinator.id, field.name] = at
    variants = []
    for combinator in sorted(group, key=lambda c: (-c.layers[-1], c.id)):
        conditions = [split(f.type) for f in combinator.fields if f.type != "#"]
        bits = [(word, bit) for word, bit, _ in conditions]
        data_bits = {(word, bit) for word, bit, shape in conditions if shape.kind != "flag"}
        ops = []
        for field in combinator.fields:
            if field.type == "#":
                ops.append(Op(None, None, int(field.name.removeprefix("flags") or 1) - 1))
                continue
            word, bit, shape = split(field.type)
            shared = bit is not None and (word, bit) in data_bits and bits.count((word, bit)) > 1
            ops.append(Op(shape, index_of[combinator.id, field.name], word, bit, shared))
        variants.append(Variant(combinator.id, combinator.layers, combinator.result, ops))
    first = group[0]
    return Structure(first.name, first.function, first.result, members, variants, [])


def _borrow(source: Structure, target: Structure) -> list[Variant]:
    """`target`'s wire forms, filled from the members of `source` that have the same name and shape."""
    have = {layer for v in source.variants for layer in v.layers}
    result = []
    for variant in target.variants:
        layers = tuple(layer for layer in variant.layers if layer not in have)
        if not layers:
            continue
        ops = []
        for op in variant.ops:
            at = None
            if op.member is not None:
                wanted = target.members[op.member]
                at = next((i for i, m in enumerate(source.members)
                           if (m.name, m.shape) == (wanted.name, wanted.shape)), None)
            if op.shape is not None and at is None and op.bit is not None:
                continue
            ops.append(dataclasses.replace(op, member=at))
        result.append(Variant(variant.id, layers, variant.type, ops))
    return result


def _fallback(structure: Structure, always: bool) -> list[Fallback]:
    """`structure` with nothing but default values, as a stand-in for a value that a layer cannot express."""
    result = []
    for variant in structure.variants:
        ops = [dataclasses.replace(op, member=None) for op in variant.ops if op.bit is None]
        result.append(Fallback(variant.layers, Variant(variant.id, variant.layers, variant.type, ops), always))
    return result


def parse_downgrade(text: str) -> tuple[dict[str, str], dict[str, str]]:
    """(type -> constructor that stands in, constructor -> constructor to send in its place)"""
    stand_ins, conversions = {}, {}
    for number, line in enumerate(text.splitlines(), 1):
        line = line.partition("//")[0].strip()
        if not line:
            continue
        match = re.fullmatch(r"([\w.]+) -> ([\w.]+)", line)
        if not match:
            raise SchemaError(f"downgrade.txt line {number}: expected `name -> name`")
        (stand_ins if match[1].split(".")[-1][0].isupper() else conversions)[match[1]] = match[2]
    return stand_ins, conversions


def build(layers: list[int], api: list[Combinator], mtproto: list[Combinator], downgrade: str,
          primary: int) -> Model:
    groups: dict[tuple[bool, str], list[Combinator]] = {}
    for combinator in api:
        groups.setdefault((combinator.function, combinator.name), []).append(combinator)
    for combinator in mtproto:
        name = {c.name: f"mt.{c.name}" for c in mtproto}
        types = {c.result: f"mt.{c.result}" for c in mtproto}
        combinator = dataclasses.replace(combinator, layers=tuple(layers), name=f"mt.{combinator.name}",
                                         result=types[combinator.result])
        for field in combinator.fields:
            field.type = re.sub(r"%(\w+)", lambda m: "%" + name[m[1]], field.type)
        groups[combinator.function, combinator.name] = [combinator]

    structures = [_structure(groups[key], primary) for key in sorted(groups)]
    for index, structure in enumerate(structures):
        structure.index = index
    results = {shape_of(v.type) for s in structures for v in s.variants if v.type != "X"}
    types = sorted({shape.type for shape in results if shape.kind == "boxed"} |
                   {op.shape.type for s in structures for v in s.variants for op in v.ops
                    if op.shape and op.shape.kind == "boxed"})

    by_name = {s.name: s for s in structures if not s.function}
    stand_ins, conversions = parse_downgrade(downgrade)
    for source, target in conversions.items():
        by_name[source].borrowed += _borrow(by_name[source], by_name[target])
    fallbacks: dict[str, list[Fallback]] = {}
    for structure in by_name.values():
        if structure.short.endswith("Empty"):
            for entry in _fallback(structure, False):
                if all(op.shape is None for op in entry.variant.ops):
                    fallbacks.setdefault(entry.variant.type, []).append(entry)
    for type_, name in stand_ins.items():
        chosen = _fallback(by_name[name], True)
        if any(entry.variant.type != type_ for entry in chosen):
            raise SchemaError(f"downgrade.txt: {name} is not a {type_}")
        fallbacks[type_] = chosen + fallbacks.get(type_, [])
    return Model(layers, structures, types, fallbacks)
