"""A member in a real browser: Debian's Chromium, at the web client that the server carries."""

import time

from playwright.async_api import expect

from browser_page import BrowserPage, chromium, violations


def talking_chromium():
    """One with a microphone, which beeps, and which the page may use."""
    return chromium("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


class ClientPage(BrowserPage):
    """One tab, which may ask nobody but its server."""

    excused = [*BrowserPage.excused, "WebSocket connection"]

    def __init__(self, page, server):
        super().__init__(page)
        self.server = server
        self.phone = None
        page.on("request", self.asked)

    def asked(self, request):
        if not request.url.startswith((self.server.url(""), "blob:")):
            self.complaints.append(f"asked a stranger: {request.url}")

    @classmethod
    async def open(cls, browser, server, path="/", **context):
        """A window of its own, as on another computer."""
        context = {"viewport": {"width": 1280, "height": 800}, "locale": "en-US", **context}
        made = await browser.new_context(**context)
        return await cls.tab(made, server, path)

    @classmethod
    async def tab(cls, context, server, path="/"):
        self = cls(await context.new_page(), server)
        await self.page.goto(server.url(path))
        return self

    async def another_tab(self):
        other = await ClientPage.tab(self.page.context, self.server)
        await other.see(other.chats)
        return other

    @property
    def chats(self):
        return self.page.get_by_role("navigation", name="Chats")

    async def unseen(self, what, limit=15):
        await expect(self.named(what)).to_be_hidden(timeout=limit * 1000)

    async def press(self, name, exact=True):
        await self.page.get_by_role("button", name=name, exact=exact).click()

    async def choose(self, name):
        await self.page.get_by_role("menuitem", name=name, exact=True).click()
        await expect(self.page.locator("[role=menu]")).to_have_count(0)  # what fades out is no finding of axe's

    async def fill(self, label, text):
        await self.page.get_by_label(label, exact=True).fill(text)

    async def begin_sign_in(self, phone):
        asked = time.time()
        self.phone = phone
        await self.fill("Phone number", phone)
        await self.press("Next")
        await self.see(self.page.get_by_role("heading", name="Enter the code"))
        await self.fill("Code", await self.server.code_for(phone, asked))
        await self.press("Next")

    async def sign_up(self, phone, first, last=""):
        await self.begin_sign_in(phone)
        await self.fill("First name", first)
        await self.fill("Last name (optional)", last)
        await self.press("Make the account")
        await self.see(self.chats)
        return self

    async def sign_in(self, phone, password=None):
        await self.begin_sign_in(phone)
        if password is not None:
            await self.fill("Password", password)
            await self.press("Next")
        await self.see(self.chats)
        return self

    async def open_chat(self, peer):
        await self.page.goto(self.server.url(f"/#/chat/{peer}"))
        await self.see(self.page.get_by_role("main"))

    def row(self, name):
        """The line of a chat in the list that has this in it."""
        return self.chats.get_by_role("listitem").filter(has_text=name)

    def chat(self, title):
        """The same by what the chat is called, whatever was said in it last."""
        return self.chats.get_by_role("listitem").filter(has=self.page.locator("[data-title]").get_by_text(title, exact=True))

    def message(self, text):
        """By what it says itself, not by what it answers."""
        return self.page.locator("[data-message], [data-pending]").filter(has=self.page.locator("[data-text]", has_text=text))

    async def write(self, text):
        field = self.page.get_by_label("Message", exact=True)
        await field.fill(text)
        await field.press("Enter")

    async def say(self, text):
        """Writes, and waits until the server has it."""
        await self.write(text)
        await self.see(self.message(text).and_(self.page.locator("[data-message]")).last)

    async def act(self, text, what):
        """Something from the menu of a message."""
        message = self.message(text).last
        await message.hover()
        await message.get_by_role("button", name="Message menu").click()
        await self.choose(what)


async def check_access(page):
    """What keeps people out: serious and critical."""
    bad = [words for impact, words in await violations(page) if impact in ("serious", "critical")]
    assert bad == [], "\n".join(bad)
