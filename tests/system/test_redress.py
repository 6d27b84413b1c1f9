"""Somebody who is banned, and so cannot sign in, reads why in a browser, appeals, and is let in again."""

import time

import pytest
from playwright.async_api import expect

from conftest import refused
from browser_page import chromium
from console_page import StaffPage
from test_effects import OFFER, judged_by


@pytest.fixture
def banning(own_server):
    path = judged_by(own_server, "ban", 'places = ["public_channel"]')
    yield own_server
    path.unlink()


async def signed_in_page(browser, server, phone):
    """From the phone number to the decisions, with the code that was sent to it."""
    context = await browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    page = await context.new_page()
    await page.goto(server.url("/report"))
    await page.get_by_role("link", name="Appeal here").click()
    await page.get_by_label("The phone number of the account").fill(phone)
    asked = time.time()
    await page.get_by_role("button", name="Send me a code").click()
    await page.get_by_label("Code").fill(await server.code_for(phone, asked))
    await page.get_by_role("button", name="Go on").click()
    return page


def test_who_is_banned_appeals_in_the_browser_and_is_let_in_again(banning, scenario):
    async def story(world):
        eve = await world.person("telethon", "Eve")
        channel = await world.public_channel(eve, "eves_offers")
        await eve.call("send", peer=channel, text=OFFER)
        again = await world.client("gramjs")
        with refused("PHONE_NUMBER_BANNED"):
            await again.sign_in(eve.phone)

        async with chromium() as browser:
            page = await signed_in_page(browser, banning, eve.phone)
            await expect(page.get_by_text("Your account was banned")).to_be_visible()
            section = page.locator("section").filter(has_text="Your account was banned")
            await expect(section.get_by_text("Found and decided by a machine")).to_be_visible()
            await section.get_by_role("textbox").fill("It was a quotation <b>from a novel</b>.")
            await section.get_by_role("button", name="Appeal").click()
            await expect(page.get_by_text("is filed.")).to_be_visible()
            await expect(page.get_by_text("It was a quotation <b>from a novel</b>.")).to_be_visible()

            mia = await StaffPage.join(browser, banning, "Mia", "moderator")
            await mia.open("/appeals")
            await mia.page.get_by_role("link", name="Appeal 1", exact=True).click()
            await mia.see("the public form")
            await mia.fill("Answer", "It is from a novel.")
            await mia.press("Uphold: restore everything")
            await mia.see("The person has been told.")
            await mia.shot("redress")

            page = await signed_in_page(browser, banning, eve.phone)
            await expect(page.get_by_text("you were right")).to_be_visible()
            await expect(page.get_by_text("It is from a novel.")).to_be_visible()
        await again.sign_in(eve.phone)

    scenario(story, banning)
