"""Somebody on the staff in a real browser: Debian's Chromium, with an authenticator of its own that says yes."""

import re

from browser_page import BrowserPage
from test_console import staff


class StaffPage(BrowserPage):
    @classmethod
    async def at(cls, browser, link, **options):
        """A window of their own, with an authenticator, where the link leads."""
        context = await browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        self = cls(await context.new_page())
        devtools = await context.new_cdp_session(self.page)
        await devtools.send("WebAuthn.enable")
        await devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True}})
        await self.page.goto(link)
        return self

    @classmethod
    async def enrol(cls, browser, link):
        """Opens an enrolment link and makes a passkey."""
        self = await cls.at(browser, link)
        await self.page.get_by_role("button", name="Make a passkey").click()
        await self.see(self.page.get_by_role("navigation", name="Screens", exact=True))
        self.root = link.split("#")[0]
        return self

    @classmethod
    async def join(cls, browser, server, name, role):
        """Added by the command line beside the server."""
        return await cls.enrol(browser, staff(server, "add", "--role", role, "--name", name))

    async def open(self, place):
        await self.page.goto(f"{self.root}#{place}")

    async def fill(self, label, text):
        await self.page.get_by_role("textbox", name=label, exact=True).fill(text)

    def button(self, name):
        # Its key, where it has one, stands behind what it is called.
        return self.page.get_by_role("button", name=re.compile(f"^{re.escape(name)}( .|\\s*Enter)?$"))

    async def press(self, name):
        await self.button(name).click()

    async def prove(self):
        """Where the page asks once more who is there."""
        asked = self.page.get_by_role("button", name="Use my passkey")
        if await asked.count():
            await asked.click()

    async def shot(self, name):
        await super().shot(name, full_page=True)
