"""How long a browser takes to check a report that transparency_bench has left: the built check of /transparency, in Chromium.

    web/build.sh && build/bench/transparency_bench 1000000 2048 build/bench-report
    build/venv/bin/python bench/report_in_browser.py build/bench-report
"""

import functools
import http.server
import os
import pathlib
import sys
import threading
import time

from playwright.sync_api import sync_playwright

VERIFIER = pathlib.Path(__file__).parent.parent / "web/dist/transparency/verify.js"
# What the server's own page has of it.
PAGE = b"""<!doctype html><meta charset="utf-8"><button id="verify" data-report="/report">Check now</button><p id="verdict"></p>
<script type="module" src="/verify.js"></script>"""
LIMIT = 1800


class Files(http.server.SimpleHTTPRequestHandler):
    """The page, and under /ledger the log as a server has it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(PAGE)))
            self.end_headers()
            self.wfile.write(PAGE)
        else:
            super().do_GET()

    def translate_path(self, path):
        if path == "/verify.js":
            return str(VERIFIER)
        if path == "/ledger/vkey":
            return str(pathlib.Path(self.directory) / "log/key")
        return super().translate_path(path.replace("/ledger/", "/log/", 1))

    def log_message(self, *_):
        pass


def main(folder):
    serve = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Files, directory=folder))
    threading.Thread(target=serve.serve_forever, daemon=True).start()
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        debugger = page.context.new_cdp_session(page)
        debugger.send("Performance.setTimeDomain", {"timeDomain": "threadTicks"})  # the thread's own time, whoever else computes
        debugger.send("Performance.enable")
        page.goto(f"http://127.0.0.1:{serve.server_port}/")
        began = time.monotonic()
        page.click("#verify")
        page.wait_for_function("() => /hold|could not/.test(document.getElementById('verdict').textContent)", timeout=LIMIT * 1000, polling=500)
        took = time.monotonic() - began
        got = {one["name"]: one["value"] for one in debugger.send("Performance.getMetrics")["metrics"]}
        print(page.text_content("#verdict"))
        print(f"{took:.1f} s, of which the page computed {got['TaskDuration']:.1f} s; heap {got['JSHeapUsedSize'] / 1e6:.0f} MB")
        browser.close()


main(sys.argv[1])
