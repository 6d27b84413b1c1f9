"""The web client without a pointer, from the sign-up to the settings; and bots, which are begun with and hear their commands."""

import re
import time

from playwright.async_api import expect

from client_page import ClientPage, chromium
from test_client import acquainted, member


class Keyboard:
    """One page, by its keys alone."""

    def __init__(self, page):
        self.page = page
        self.keys = page.page.keyboard

    async def press(self, *keys):
        for key in keys:
            await self.keys.press(key)

    async def at(self, locator):
        return await locator.evaluate("element => element === document.activeElement")

    async def go(self, locator, key="Tab", limit=60):
        """Until the focus is there."""
        await self.page.see(locator)
        for _ in range(limit):
            if await self.at(locator):
                return
            await self.keys.press(key)
        raise AssertionError(f"{key} does not lead to {locator}")

    async def choose(self, name):
        """Something of the menu that is open."""
        await self.go(self.page.page.get_by_role("menuitem", name=name, exact=True), "ArrowDown")
        await self.keys.press("Enter")


def test_a_whole_story_by_keyboard_alone(scenario):
    async def story(world):
        async with chromium() as browser:
            ann = await ClientPage.open(browser, world.server)
            by = Keyboard(ann)
            button = lambda name: ann.page.get_by_role("button", name=name, exact=True)
            field = lambda label: ann.page.get_by_label(label, exact=True)

            ann.phone = world.phone()
            asked = time.time()
            await by.go(field("Phone number"))
            await by.press("ControlOrMeta+a")
            await by.keys.type(ann.phone)
            await by.press("Enter")
            await ann.see(ann.page.get_by_role("heading", name="Enter the code"))
            await by.go(field("Code"))
            await by.keys.type(await world.server.code_for(ann.phone, asked))
            await by.press("Enter")
            await by.go(field("First name"))
            await by.keys.type("Ann")
            await by.press("Enter")
            await ann.see(ann.chats)

            eve, [ann_id] = await acquainted(world, ann)
            await eve.call("send", peer=ann_id, text="hello from Telethon")
            await by.go(ann.row("Eve").get_by_role("link"))
            await by.press("Enter")
            await ann.see(ann.message("hello from Telethon"))
            await by.go(field("Message"))
            await by.keys.type("by keys alone")
            await by.press("Enter")
            await eve.event("new_message", text="by keys alone")

            menu = ann.message("hello from Telethon").get_by_role("button", name="Message menu")
            await by.go(menu, "Shift+Tab")
            await by.press("Enter")
            await by.choose("React with 👍")
            await ann.see(ann.message("hello from Telethon").get_by_role("button", name=re.compile("1 person")))
            await by.go(menu, "Shift+Tab")
            await by.press("Enter")
            await by.choose("Reply")
            await expect(field("Message")).to_be_focused()
            await by.keys.type("an answer")
            await by.press("Enter")
            assert (await eve.event("new_message", text="an answer"))["reply_to"] is not None

            await by.go(menu, "Shift+Tab")
            await by.press("Enter")
            await by.choose("Report")
            dialog = ann.page.get_by_role("dialog")
            await by.go(dialog.get_by_role("button", name="Spam", exact=True))
            await by.press("Enter")
            await ann.see(dialog.get_by_text("it is case"))
            await by.press("Escape")
            await ann.unseen(dialog)

            await by.go(ann.page.get_by_role("link", name="Search", exact=True))
            await by.press("Enter")
            await expect(ann.page.get_by_role("searchbox", name="Search")).to_be_focused()
            await by.keys.type("searchreport")
            await by.go(ann.page.get_by_role("navigation", name="Search").get_by_role("link").filter(has_text="@searchreport"))
            await by.press("Enter")
            await by.go(button("Start"))
            await by.press("Enter")
            await ann.see(ann.message("Here you report"))

            await by.go(button("Menu"))
            await by.press("Enter")
            await by.choose("Settings")
            await by.go(ann.page.get_by_role("link", name=re.compile("^Language and look")))
            await by.press("Enter")
            await by.go(field("Language"))
            await ann.shot("keyboard")

    scenario(story)


def test_a_bot_is_begun_with_and_hears_its_commands(scenario):
    async def story(world):
        async with chromium() as browser:
            ann = await member(browser, world, "Ann")
            await ann.page.goto(world.server.url("/#/to/searchreport"))
            await ann.press("Start")
            await ann.see(ann.message("Here you report"))
            await ann.shot("bot")
            await ann.message("/start").get_by_role("button", name="/start", exact=True).click()
            await expect(ann.message("Here you report")).to_have_count(2)

    scenario(story)
