"""The web client tells of new messages while nobody sees it: where that was asked for, and of what is not muted."""

import asyncio

from client_page import chromium
from test_client import with_eve

# What the page asks the system to show, and whether somebody sees the page: a browser without a screen has neither. What was
# allowed once stays allowed.
STAND_IN = """
window.told = [];
window.away = false;
window.Notification = class {
  static permission = localStorage.getItem("stand-in") ?? "default";
  static async requestPermission() { localStorage.setItem("stand-in", "granted"); return Notification.permission = "granted"; }
  constructor(title, options) { window.told.push({title, ...options}); this.close = () => undefined; }
};
Object.defineProperty(document, "visibilityState", {get: () => (window.away ? "hidden" : "visible")});
"""


async def go_away(page, away):
    await page.page.evaluate("away => { window.away = away; document.dispatchEvent(new Event('visibilitychange')); }", away)


async def told(page, count):
    while len(found := await page.page.evaluate("window.told")) < count:
        await asyncio.sleep(0.1)
    return found


def test_new_messages_are_told_while_the_page_is_hidden(scenario):
    async def story(world):
        async with chromium() as browser:
            ann, eve, ann_id = await with_eve(browser, world)
            await ann.page.context.add_init_script(STAND_IN)
            await ann.page.goto(world.server.url("/#/settings/notifications"))
            await ann.page.reload()
            switch = ann.page.get_by_role("switch", name="Show notices on this device")
            await ann.see(switch)
            assert not await switch.is_checked()
            await eve.call("send", peer=ann_id, text="before it is asked for")
            await asyncio.sleep(1)
            await switch.check(force=True)
            assert await switch.is_checked()
            await ann.shot("notices")
            await ann.page.evaluate("location.hash = '#/'")
            await ann.see(ann.row("before it is asked for"))

            await eve.call("send", peer=ann_id, text="while it is seen")
            await ann.see(ann.row("while it is seen"))
            await go_away(ann, True)
            await eve.call("send", peer=ann_id, text="while it is hidden")
            [only] = await told(ann, 1)
            assert (only["title"], only["body"], only["silent"]) == ("Eve", "while it is hidden", False)

            # What is muted is not told, nor what another tab shows.
            await go_away(ann, False)
            await ann.chat("Eve").hover()
            await ann.press("More: Eve")
            await ann.choose("Mute")
            await ann.see(ann.chat("Eve").get_by_label("Muted"))
            await go_away(ann, True)
            await eve.call("send", peer=ann_id, text="while it is muted")
            await ann.see(ann.row("while it is muted"))
            group = await eve.call("create_group", title="Club", users=[ann_id])
            await eve.call("send", peer=group["peer"], text="in a group")
            *_, last = await told(ann, 2)
            assert (last["title"], last["body"]) == ("Club", "Eve: in a group")
            other = await ann.another_tab()
            before = len(await told(ann, 2))
            await eve.call("send", peer=group["peer"], text="seen in the other tab")
            await other.see(other.row("seen in the other tab"))
            await ann.see(ann.row("seen in the other tab"))
            await ann.page.wait_for_timeout(500)
            assert len(await ann.page.evaluate("window.told")) == before
            assert [each["body"] for each in await ann.page.evaluate("window.told")].count("while it is muted") == 0

            # Neither where the page was opened elsewhere, so that its list of chats has not been read.
            await ann.page.goto(world.server.url("/#/settings/notifications"))
            await ann.page.reload()
            await ann.see(switch)
            await ann.page.evaluate("Notification.permission = 'granted'")
            await go_away(ann, True)
            await go_away(other, True)
            await eve.call("send", peer=ann_id, text="muted, and not in the list")
            await eve.call("send", peer=group["peer"], text="told")
            assert [each["body"] for each in await told(ann, 1)] == ["Eve: told"]

    scenario(story)
