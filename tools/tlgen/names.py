"""TL names as C++ names. docs/tl.md states the rules."""

from model import Member, Shape, Structure

_KEYWORDS = set("""alignas alignof and and_eq asm auto bitand bitor bool break case catch char class compl concept
const consteval constexpr constinit continue co_await co_return co_yield decltype default delete do double
dynamic_cast else enum explicit export extern false float for friend goto if inline int long mutable namespace new
noexcept not not_eq nullptr operator or or_eq private protected public register reinterpret_cast requires return
short signed sizeof static static_assert static_cast struct switch template this thread_local throw true try typedef
typeid typename union unsigned using virtual void volatile wchar_t while xor xor_eq unix linux major minor""".split())

_PLAIN = {"int32": "std::int32_t", "int64": "std::int64_t", "float64": "double", "string": "std::string",
          "bytes": "Bytes", "int128": "std::array<std::uint8_t, 16>", "int256": "std::array<std::uint8_t, 32>",
          "boolean": "bool", "flag": "bool", "rest": "Bytes"}
_DEFAULTS = {"int32": " = 0", "int64": " = 0", "float64": " = 0", "boolean": " = false", "flag": " = false",
             "int128": "{}", "int256": "{}"}


def field(name: str) -> str:
    return name + "_" if name in _KEYWORDS else name


def structure(item: Structure, spaces: set[str]) -> str:
    """Without `tl::`: `auth::sentCode`, `fn::auth::sendCode`, `updates_` (there is a namespace `updates`)."""
    short = field(item.short)
    if not item.function and not item.space and item.short in spaces:
        short += "_"
    parts = (["fn"] if item.function else []) + ([item.space] if item.space else []) + [short]
    return "::".join(parts)


def boxed(type_: str) -> str:
    return "tl::" + type_.replace(".", "::")


def value(shape: Shape, bare_types: dict[str, str]) -> str:
    if shape.kind == "boxed":
        text = f"Box<{boxed(shape.type)}>"
    elif shape.kind == "bare":
        text = f"Box<{boxed(bare_types[shape.type])}>"
    else:
        text = _PLAIN[shape.kind]
    return f"std::vector<{text}>" if shape.vector else text


def declaration(member: Member, bare_types: dict[str, str]) -> str:
    text = value(member.shape, bare_types)
    if member.optional:
        return f"std::optional<{text}> {field(member.name)};"
    default = "" if member.shape.vector else _DEFAULTS.get(member.shape.kind, "")
    return f"{text} {field(member.name)}{default};"
