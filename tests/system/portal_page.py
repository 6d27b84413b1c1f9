"""An agency's officer in a real browser, at the portal."""

import pathlib

from browser_page import violations
from console_page import StaffPage

PASSPHRASE = "a long enough passphrase"


class OfficerPage(StaffPage):
    @classmethod
    async def enrol(cls, browser, link, **options):
        """Opens the legal desk's link, makes passkey and key, and keeps the key's file."""
        self = await cls.at(browser, link, accept_downloads=True, **options)
        self.root = link.split("#")[0]
        await self.see(self.page.get_by_role("heading", name="How you read answers"))
        await self.check("portal-enrol")
        await self.fill("Passphrase", PASSPHRASE)
        await self.fill("Passphrase, again", PASSPHRASE)
        await self.press("Make passkey and key")
        await self.page.get_by_role("heading", name="You are enrolled").wait_for(timeout=120_000)
        async with self.page.expect_download() as kept:
            await self.press("Keep the key file")
        self.key_file = pathlib.Path(await (await kept.value).path()).read_text()
        await self.press("Go to my requests")
        await self.see(self.page.get_by_role("heading", name="My requests"))
        return self

    async def fill(self, label, text):
        await self.page.get_by_label(label, exact=True).fill(text)

    async def choose(self, label, option):
        await self.page.get_by_label(label, exact=True).select_option(option)

    async def check(self, name):
        """A screenshot, wide and as a phone has it; nothing may stick out or keep people out."""
        for width in (1440, 360):
            await self.page.set_viewport_size({"width": width, "height": 800})
            await self.shot(name if width == 1440 else f"{name}-360")
            assert await self.page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} at {width} px"
            assert await against_wcag(self.page) == [], f"{name} at {width} px"
        await self.page.set_viewport_size({"width": 1440, "height": 900})


async def against_wcag(page):
    """What axe finds against WCAG 2 AA."""
    return [words for _, words in await violations(page, "{exclude: [['.mantine-Notifications-root']]}",
                                                   runOnly=["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"])]
