"""A conversation of years in the web client: scrolling, jumping, and what it costs the browser. With 3,000 messages by default;

    HISTORY=100000 build/venv/bin/python -m pytest -s tests/system/test_client_long.py

prints the figures of docs/web-client.md."""

import asyncio
import os
import pathlib
import time

import pytest

from browser_page import chromium
from client_page import ClientPage
from long_history import fill, has_read
from test_client import acquainted

COUNT = int(os.environ.get("HISTORY", 3000))
WATCH = pathlib.Path(__file__).with_name("scroll_watch.js").read_text()
FAR = min(COUNT // 10, 5000)
YEARS = 3
DAY = 86400


def figures(what, numbers):
    print(f"{what}: " + ", ".join(f"{name} {value:.1f}" if isinstance(value, float) else f"{name} {value}" for name, value in numbers.items()))


class LongPage(ClientPage):
    async def watch(self):
        self.debugger = await self.page.context.new_cdp_session(self.page)
        await self.debugger.send("Performance.enable")
        # Through the debugger, since the page's policy lets no script of others in.
        await self.page.evaluate(WATCH)

    async def weight(self, what):
        """What the page holds once all that can be let go is gone."""
        await self.debugger.send("HeapProfiler.collectGarbage")
        got = {one["name"]: one["value"] for one in (await self.debugger.send("Performance.getMetrics"))["metrics"]}
        stored = await self.page.evaluate("async () => (await navigator.storage.estimate()).usageDetails?.indexedDB ?? 0")
        weight = {"heap_mb": got["JSHeapUsedSize"] / 1e6, "nodes": int(got["Nodes"]), "listeners": int(got["JSEventListeners"]),
                  "messages_in_page": await self.page.locator("[data-message]").count(), "indexed_db_kb": stored / 1000}
        figures(what, weight)
        return weight

    async def wheel(self, direction, messages, step=400):
        """Turns the wheel until so many messages were seen, or the end; what is flung past is not seen."""
        await self.page.get_by_role("log").hover()
        await self.page.evaluate("direction => scrollWatch.start(direction)", direction)
        began = time.monotonic()
        more = "([messages, down]) => scrollWatch.seen() < messages && !(down && scrollWatch.atEnd())"
        while await self.page.evaluate(more, [messages, direction > 0]) and time.monotonic() - began < 300:
            await self.page.mouse.wheel(0, direction * step)
        got = await self.page.evaluate("() => scrollWatch.stop()")
        figures(f"wheel {'down' if direction > 0 else 'up'}", {**got, "seconds": time.monotonic() - began})
        return got

    async def shows(self, what, id):
        """That it comes, and stays where it is when more is fetched around it."""
        figures(what, {"ms": await self.page.evaluate("id => scrollWatch.until(id)", id)})
        await asyncio.sleep(0.5)
        assert await self.page.evaluate("id => scrollWatch.shows(id)", id), what

    async def jump_to(self, date):
        await self.press("Menu of this chat")
        await self.choose("Go to a date")
        await self.fill("Date", date)
        await self.page.get_by_role("dialog").get_by_role("button", name="Go", exact=True).click()


def smooth(got):
    """On a busy machine a frame in twenty may show rows whose heights change on their way; a list that jumps at every
    page that comes shows it in more."""
    complete(got)
    assert max(got["wrongWay"], got["uneven"]) <= got["frames"] / 20, got


def complete(got):
    assert got["holes"] == 0, got


@pytest.mark.timeout(1800 if COUNT > 3000 else 180)
def test_a_conversation_of_years(scenario, own_server):
    own_server.start()
    now = int(time.time())
    began = now - YEARS * 365 * DAY

    def at(number):
        return began + (now - began) * number // COUNT

    def date_of(number):
        return time.strftime("%Y-%m-%d", time.localtime(at(number)))

    def first_of(number):
        """The first message of the day that this one is of."""
        while number > 0 and date_of(number - 1) == date_of(number):
            number -= 1
        return number

    async def story(world):
        async with chromium() as browser:
            ann = await LongPage.open(browser, own_server)
            await ann.sign_up(world.phone(), "Ann", "Web")
            eve, [ann_id] = await acquainted(world, ann)
            bob = await world.person("telethon", "Bob")
            await world.friends(eve, bob)
            talk = await world.supergroup(eve, bob, title="Years")
            await eve.invoke("channels.inviteToChannel", channel=talk, users=[ann_id])
            await eve.call("send", peer=talk, text="first of Eve's")
            await bob.call("send", peer=talk, text="first of Bob's")
            await ann.see(ann.row("Years"))
            await eve.close()
            await bob.close()
            world.clients.clear()
            own_server.stop()
            zero = fill(own_server, talk, COUNT, began, now)
            middle = zero + COUNT // 2
            has_read(own_server, ann_id, talk, middle - 1)
            own_server.start()

            await ann.page.reload()
            await ann.see(ann.row("Years"))
            await ann.watch()
            await ann.weight("before")
            await ann.row("Years").get_by_role("link").click()
            await ann.shows("first unread", middle)
            await ann.see("Unread messages")
            await ann.press("To the newest message", exact=False)
            await ann.shows("newest", zero + COUNT - 1)
            opened = await ann.weight("at the end")

            smooth(await ann.wheel(-1, FAR))
            await ann.weight("after scrolling up")
            smooth(await ann.wheel(1, FAR - 50))
            await ann.weight("after scrolling down")

            number = first_of(COUNT // 3)
            await ann.jump_to(date_of(number))
            await ann.shows("a date two years ago", zero + number)
            await ann.jump_to("2020-01-01")
            await ann.shows("the beginning", zero)
            # On a slow machine pages come before the list is where it was told to go.
            await ann.debugger.send("Emulation.setCPUThrottlingRate", {"rate": 6})
            for part in (4, 5, 6, 7):
                number = first_of(COUNT // part)
                await ann.jump_to(date_of(number))
                await ann.shows("on a slow machine", zero + number)
            await ann.debugger.send("Emulation.setCPUThrottlingRate", {"rate": 1})
            await ann.jump_to("2020-01-01")
            await ann.shows("the beginning", zero)
            smooth(await ann.wheel(1, 200))
            # A fling: the text may be late, but it is never wrong.
            complete(await ann.wheel(1, 500, step=2500))

            await ann.say(f"look at https://t.me/c/{-1000000000000 - talk}/{middle + 7}")
            await ann.message("look at").get_by_role("button", name=f"/{middle + 7}").click()
            await ann.shows("a linked message", middle + 7)
            await ann.wheel(-1, 100)
            last = await ann.weight("after jumping")
            # What was left is let go, however much it was.
            assert last["messages_in_page"] < 80 and last["nodes"] < 2 * opened["nodes"] and last["heap_mb"] < opened["heap_mb"] + 10, last
            await ann.shot("long_history")

    scenario(story, own_server)
