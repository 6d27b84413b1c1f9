"""clang-tidy over the program's sources (not tests, fuzz targets or generated code), with the checks of .clang-tidy.

    python3 tools/tidy/clang.py BUILD    # a build folder with compile_commands.json and the generated headers

A file that was clean is not looked at again until it, a header of ours that it includes, its compiler command or the
checks change: BUILD/tidy.json remembers. Prints each finding once, and exits 1 if there is any.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SRC = ROOT / "src"
TOOL = "clang-tidy-19"
INCLUDE = re.compile(rb'^\s*#\s*include\s+"([^"]+)"', re.M)


class Contents:
    """Digests of files and the names of what they include, each file read once."""

    def __init__(self, roots):
        self.roots = roots
        self.known = {}

    def _read(self, path):
        if path not in self.known:
            text = path.read_bytes()
            found = (root / name.decode() for name in INCLUDE.findall(text) for root in self.roots)
            self.known[path] = hashlib.sha256(text).digest(), [p for p in found if p.exists()]
        return self.known[path]

    def digest(self, path):
        """Of the file and of all of ours that it includes, however indirectly."""
        seen, waiting = set(), [path]
        while waiting:
            at = waiting.pop()
            if at not in seen:
                seen.add(at)
                waiting += self._read(at)[1]
        return b"".join(self._read(p)[0] for p in sorted(seen))


def wanted(path):
    return SRC in path.parents and not path.stem.endswith(("_test", "_fuzz")) and "testing" not in path.parts


def check(build, path):
    """The findings in one file, and whether it is clean."""
    done = subprocess.run([TOOL, "-p", build, "--quiet", path], capture_output=True, text=True)
    found = re.findall(r"^(?:\S+:\d+:\d+: (?:error|warning)|error): .*(?:\n(?!\S+:\d+:\d+: (?:error|warning)).*)*",
                       done.stdout, re.M)
    if done.returncode and not found:
        found = [f"{path}: {TOOL} failed: {done.stderr.strip()[-2000:]}"]
    return found, done.returncode == 0 and not found


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    commands = {pathlib.Path(entry["file"]): entry["command"]
                for entry in json.loads((build / "compile_commands.json").read_text())}
    memory = build / "tidy.json"
    clean = json.loads(memory.read_text()) if memory.exists() else {}
    version = subprocess.run([TOOL, "--version"], capture_output=True, text=True, check=True).stdout
    checks = version + (ROOT / ".clang-tidy").read_text()
    contents = Contents([SRC, build / "generated"])

    keys = {}
    for path in filter(wanted, commands):
        keys[str(path)] = hashlib.sha256((checks + commands[path]).encode() + contents.digest(path)).hexdigest()
    if not keys:
        sys.exit(f"{build}: no source file of ours in compile_commands.json")
    waiting = [path for path, key in keys.items() if clean.get(path) != key]

    findings = set()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, (found, is_clean) in zip(waiting, pool.map(lambda p: check(build, p), waiting)):
            for finding in found:
                if finding not in findings:  # a header's finding comes from everyone who includes it
                    print(finding.replace(f"{ROOT}/", "").rstrip(), flush=True)
                findings.add(finding)
            if is_clean:
                clean[path] = keys[path]
                memory.write_text(json.dumps({p: k for p, k in clean.items() if p in keys}, indent=0))
    print(f"clang-tidy: {len(waiting)} of {len(keys)} files looked at, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
