"""TL text: one combinator a line, `name#id field:type ... = Type; // layers`."""

import dataclasses
import re
import zlib


@dataclasses.dataclass
class Field:
    name: str
    type: str  # as in TL: `int`, `flags.3?Vector<Peer>`, `!X`, `#`


@dataclasses.dataclass
class Combinator:
    name: str  # with its namespace: `auth.sentCode`
    id: int
    fields: list[Field]
    result: str
    function: bool
    generic: bool = False  # has `{X:Type}`
    layers: tuple[int, ...] = ()

    def text(self) -> str:
        parts = [f"{self.name}#{self.id:08x}"]
        if self.generic:
            parts.append("{X:Type}")
        parts += [f"{f.name}:{f.type}" for f in self.fields]
        return " ".join(parts) + f" = {self.result};"


def crc(combinator: Combinator) -> int:
    """The id that the definition has by TL's rule: CRC-32 of its canonical text."""
    parts = [combinator.name]
    if combinator.generic:
        parts.append("X:Type")
    for field in combinator.fields:
        if re.fullmatch(r"flags\d*\.\d+\?true", field.type):
            continue
        kind = re.sub(r"(^|[?])bytes", r"\1string", field.type)
        parts.append(f"{field.name}:{kind}")
    text = " ".join(parts) + f" = {combinator.result}"
    text = text.replace("<", " ").replace(">", "").replace("%", "")
    return zlib.crc32(text.encode())


class SchemaError(Exception):
    pass


_LINE = re.compile(r"(?P<name>[\w.]+)#(?P<id>[0-9a-f]{1,8})(?P<body>[^=]*)= (?P<result>[\w.<>%!]+( [\w.]+)?);")
_FIELD = re.compile(r"\w+:(#|!X|(flags\d*\.\d+\?)?[\w.<>%]+)")


def parse_line(line: str, function: bool) -> Combinator:
    match = _LINE.fullmatch(line.strip())
    if not match:
        raise SchemaError(f"not a combinator: {line.strip()!r}")
    body = match["body"].split()
    generic = "{X:Type}" in body
    fields = []
    for word in body:
        if word == "{X:Type}":
            continue
        if not _FIELD.fullmatch(word):
            raise SchemaError(f"not a field: {word!r} in {line.strip()!r}")
        name, kind = word.split(":", 1)
        fields.append(Field(name, kind))
    return Combinator(match["name"], int(match["id"], 16), fields, match["result"], function, generic)


def parse_layers(text: str, known: list[int]) -> tuple[int, ...]:
    """`144 221-228` means those of the known layers that lie in the ranges."""
    layers = set()
    for word in text.split():
        first, _, last = word.partition("-")
        layers |= {layer for layer in known if int(first) <= layer <= int(last or first)}
    return tuple(sorted(layers))


def format_layers(layers: tuple[int, ...], known: list[int]) -> str:
    """The inverse of parse_layers: neighbours in the list of known layers make a range."""
    runs: list[list[int]] = []
    for layer in sorted(layers):
        if runs and known.index(layer) == known.index(runs[-1][-1]) + 1:
            runs[-1].append(layer)
        else:
            runs.append([layer])
    return " ".join(str(r[0]) if len(r) == 1 else f"{r[0]}-{r[-1]}" for r in runs)


def parse_file(text: str) -> tuple[list[int], list[Combinator]]:
    """A file of schema/. Its first `// layers:` line lists the layers; mtproto.tl has none."""
    known: list[int] = []
    function = False
    combinators = []
    for number, line in enumerate(text.splitlines(), 1):
        code, _, comment = line.partition("//")
        code, comment = code.strip(), comment.strip()
        if not code:
            if comment.startswith("layers:"):
                known = [int(word) for word in comment.removeprefix("layers:").split()]
        elif code == "---functions---":
            function = True
        elif code == "---types---":
            function = False
        else:
            try:
                combinator = parse_line(code, function)
            except SchemaError as error:
                raise SchemaError(f"line {number}: {error}") from None
            combinator.layers = parse_layers(comment, known)
            combinators.append(combinator)
    return known, combinators
