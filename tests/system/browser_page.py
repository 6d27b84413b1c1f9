"""Somebody in a real browser, Debian's Chromium: what the pages of members, staff and officers have in common."""

import contextlib
import json
import os
import pathlib

from playwright.async_api import async_playwright, expect

from conftest import ROOT

SHOTS = os.environ.get("SHOTS")  # a folder: screenshots of what was seen go there
AXE = ROOT / "web/node_modules/axe-core/axe.min.js"


@contextlib.asynccontextmanager
async def chromium(*options):
    async with async_playwright() as engine:
        browser = await engine.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
                                               args=["--no-sandbox", *options])
        try:
            yield browser
        finally:
            await browser.close()


class BrowserPage:
    """One person's window. Nothing may throw in it, and nothing may break its Content-Security-Policy."""

    # What the server refuses is shown on the screen, and is no fault of the page.
    excused = ["Failed to load resource"]

    def __init__(self, page):
        self.page = page
        self.complaints = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self.hear)

    def hear(self, message):
        if message.type == "error" and not any(words in message.text for words in self.excused):
            self.complaints.append(message.text)

    def named(self, what):
        return what if not isinstance(what, str) else self.page.get_by_text(what).first

    async def see(self, what, limit=15):
        await expect(self.named(what)).to_be_visible(timeout=limit * 1000)

    async def shot(self, name, **options):
        if SHOTS:
            pathlib.Path(SHOTS).mkdir(parents=True, exist_ok=True)
            await self.page.screenshot(path=f"{SHOTS}/{name}.png", **options)
        assert self.complaints == [], self.complaints


async def violations(page, context="document", **options):
    """What axe says, as pairs of impact and words. web/build.sh brings it."""
    # Colours are what they are once nothing moves.
    await page.evaluate("""() => Promise.all(document.getAnimations().filter(one => one.effect.getComputedTiming().endTime < Infinity)
        .map(one => one.finished.catch(() => 0)))""")
    # Through the debugger, since the page's policy lets no script of others in.
    await page.evaluate(AXE.read_text() + ";0")
    options = json.dumps({"resultTypes": ["violations"], **options})
    found = json.loads(await page.evaluate(f"async () => JSON.stringify((await axe.run({context}, {options})).violations)"))
    return [(one["impact"], f"{one['id']}: {node['html'][:200]} {node['failureSummary']}") for one in found for node in one["nodes"]]
