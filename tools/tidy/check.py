"""Style as a test: include direction, headers that cost seconds, dead files, formatting.

The rules of who may include whom are the table in ARCHITECTURE.md ("Folders"): the document is what is checked.
Prints what is wrong, a line each, and exits 1 if anything is.
"""

import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SRC = ROOT / "src"
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.M)
HEAVY = re.compile(r"^boost/(asio|beast)")
HEAVY_ALLOWED = {"net", "web", "app"}
LINES_MAX = 700


def sources():
    return sorted(p for p in SRC.rglob("*") if p.suffix in (".h", ".cc"))


def folder_rules(problems):
    """{folder: set of folders it may include} from the table in ARCHITECTURE.md."""
    text = (ROOT / "ARCHITECTURE.md").read_text()
    rules = {}
    for folder, may in re.findall(r"^\| `(\w+)` \|[^|]*\| ([^|]*) \|$", text, re.M):
        rules[folder] = set(re.findall(r"`(\w+)`", may))
    present = {p.name for p in SRC.iterdir() if p.is_dir()}
    for missing in sorted(present - rules.keys()):
        problems.append(f"ARCHITECTURE.md: the table of folders has no line for src/{missing}")
    for extra in sorted(rules.keys() - present):
        problems.append(f"ARCHITECTURE.md: the table of folders has a line for src/{extra}, which does not exist")
    return rules


def check_includes(rules, problems):
    included = set()
    for path in sources():
        folder = path.relative_to(SRC).parts[0]
        # Tests may build the real thing around what they test.
        test = path.stem.endswith(("_test", "_fuzz")) or "testing" in path.parts
        for kind, name in INCLUDE.findall(path.read_text()):
            where = path.relative_to(ROOT)
            if kind == "<":
                if HEAVY.match(name) and folder not in HEAVY_ALLOWED:
                    problems.append(f"{where}: includes <{name}>: keep Asio and Beast in {', '.join(sorted(HEAVY_ALLOWED))}")
                continue
            included.add(name)
            other = name.split("/")[0]
            made = (SRC / f"{name}.in").exists() or name.startswith("tl/")  # while building
            if not (SRC / name).exists() and not made:
                problems.append(f'{where}: includes "{name}", which is not there (name files from src/)')
            elif other != folder and other not in rules.get(folder, set()) and not test:
                problems.append(f'{where}: includes "{name}": {folder} may not include {other} (ARCHITECTURE.md)')
    return included


def check_dead_headers(included, problems):
    for path in sources():
        name = str(path.relative_to(SRC))
        if path.suffix == ".h" and name not in included:
            problems.append(f"src/{name}: nobody includes it")


def check_backends(problems):
    """Only app and tests name a backend of the store."""
    for path in sources():
        parts = path.relative_to(SRC).parts
        if parts[0] in ("app", "store") or path.stem.endswith("_test") or "testing" in parts:
            continue
        if "store/sqlite/" in path.read_text():
            problems.append(f"{path.relative_to(ROOT)}: names a store backend; only app and tests may")


def check_size(problems):
    for path in sources():
        lines = path.read_text().count("\n")
        if lines > LINES_MAX:
            problems.append(f"{path.relative_to(ROOT)}: {lines} lines; over {LINES_MAX} it is two files")


def check_format(problems):
    tool = shutil.which("clang-format-19")
    if tool is None:
        problems.append("clang-format-19 is not installed (packages/test.txt)")
        return
    files = [str(p) for p in sources()] + [str(p) for p in sorted((ROOT / "bench").rglob("*.cc"))]
    result = subprocess.run([tool, "--dry-run", "-Werror", *files], capture_output=True, text=True)
    for path in sorted(set(re.findall(r"^(\S+?):\d+:\d+: error:", result.stderr, re.M))):
        where = pathlib.Path(path).relative_to(ROOT)
        problems.append(f"{where}: not formatted; run clang-format-19 -i {where}")


def main():
    problems = []
    rules = folder_rules(problems)
    included = check_includes(rules, problems)
    check_dead_headers(included, problems)
    check_backends(problems)
    check_size(problems)
    check_format(problems)
    for problem in problems:
        print(problem)
    print(f"tidy: {len(sources())} files, {len(problems)} problems")
    return 1 if problems else 0


sys.exit(main())
