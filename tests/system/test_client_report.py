"""Members report in the web client, hear what comes of it, appeal, and check their own entry of the log."""

import asyncio
import re

from conftest import refused
from browser_page import chromium
from client_page import check_access
from test_client import acquainted, member
from test_console import member_of_staff


def decide(console, case, effect, reason):
    assert console.ask("POST", f"/cases/{case}/claim")[0] == 200
    seen = console.ask("GET", f"/cases/{case}")[1]
    status, answer = console.ask("POST", f"/cases/{case}/decide", {"version": seen["summary"]["version"], "effect": effect, "clause": "illegal-goods", "reason": reason})
    assert status == 200, answer
    return answer


async def report(page, text, *options, words=""):
    """Through the server's questions; the number of the case."""
    await page.act(text, "Report")
    dialog = page.page.get_by_role("dialog")
    for option in options:
        await dialog.get_by_role("button", name=option, exact=True).click()
    await dialog.get_by_label(re.compile("moderators should know|Say what is wrong")).fill(words)
    await page.shot("report_words")
    await dialog.get_by_role("button", name="Send the report").click()
    await page.see(dialog.get_by_text("The report was sent"))
    await page.shot("report_sent")
    told = await dialog.get_by_text("it is case").inner_text()
    await dialog.get_by_role("button", name="Done").click()
    return int(re.search(r"case (\d+)", told)[1])


def test_a_report_a_decision_an_appeal_and_the_ledger(own_server, scenario):
    own_server.config = '[ledger]\nbatch_seconds = 1\norigin = "ledger.example/test"\n'
    own_server.start()

    async def story(world):
        async with chromium() as browser:
            ann = await member(browser, world, "Ann")
            bob = await member(browser, world, "Bob")
            owner = await world.person("telethon", "Owner")
            shop = await world.public_channel(owner, "corner_shop", title="Corner shop", broadcast=False)
            stranger = await world.person("telethon", "Stranger")
            while not (await stranger.invoke("contacts.search", q="corner_shop", limit=5)).results:
                await asyncio.sleep(0.1)  # until the index has it
            for page in (ann, bob):
                await page.page.goto(page.server.url("/#/search?q=corner_shop"))
                await page.page.get_by_role("navigation", name="Search").get_by_role("link").filter(has_text="Corner shop").first.click(timeout=20_000)
                await page.press("Join")
            await bob.say("forged tickets, cheap")
            await ann.see(ann.message("forged tickets, cheap"))

            await ann.act("forged tickets, cheap", "Report")
            await ann.see(ann.page.get_by_role("dialog").get_by_role("button", name="Illegal goods or services"))
            await ann.shot("report_options")
            await check_access(ann.page)
            await ann.page.keyboard.press("Escape")
            case = await report(ann, "forged tickets, cheap", "Illegal goods or services", "Forged documents or money", words="tickets")

            mia = member_of_staff(own_server, "Mia", "senior-moderator")
            decide(mia, case, "remove", "Forged tickets are a fraud on those who buy them.")

            # Whoever wrote it reads the reasons in its place and in the letter; others see that it is gone.
            await bob.page.goto(bob.server.url("/#/settings/decisions"))
            letter = bob.page.get_by_role("article").filter(has_text=f"Case {case}").first
            await bob.see(letter.get_by_text("Forged tickets are a fraud"))
            await bob.shot("decisions")
            await check_access(bob.page)
            await bob.page.goto(bob.server.url(f"/#/chat/{shop}"))
            await bob.see(bob.page.get_by_role("note", name="This was taken down").first)
            await bob.shot("tombstone")
            await bob.unseen(bob.message("forged tickets, cheap"))

            # Ann, who reported it, hears the outcome.
            await ann.page.goto(ann.server.url("/#/settings/decisions"))
            await ann.see(ann.page.get_by_role("article").filter(has_text="something was done about it").first)
            await ann.shot("outcome")

            # The entry is checked in the browser.
            await asyncio.sleep(2)
            await bob.page.goto(bob.server.url(f"/#/settings/ledger/{case}"))
            verdict = bob.page.locator("[data-verdict]")
            await bob.see(verdict, limit=40)
            assert await verdict.get_attribute("data-verdict") == "holds", await verdict.inner_text()
            await bob.see(verdict.get_by_text("It holds"))
            await bob.shot("ledger")
            await check_access(bob.page)

            # The appeal goes through the letter's button.
            await bob.page.goto(bob.server.url("/#/settings/decisions"))
            await bob.page.get_by_role("article").filter(has_text=f"Case {case}").get_by_role("button", name="Appeal").first.click()
            await bob.see(bob.message("Write it in one message"))
            await bob.say("They were tickets of my own theatre.")
            await bob.see(bob.message("has been taken"))
            await bob.shot("appeal")
            noah = member_of_staff(own_server, "Noah", "senior-moderator")
            appeals = noah.ask("GET", "/appeals")[1]["items"]
            assert [(each["case_id"], each["excerpt"]) for each in appeals] == [(case, "They were tickets of my own theatre.")]

    scenario(story, own_server)


def test_people_are_reported_and_blocked(scenario):
    async def story(world):
        async with chromium() as browser:
            ann = await member(browser, world, "Ann")
            eve, [ann_id] = await acquainted(world, ann)
            await eve.call("send", peer=ann_id, text="buy this, buy that")
            await ann.row("Eve").get_by_role("link").click()
            await ann.press("Menu of this chat")
            await ann.choose("Report")
            dialog = ann.page.get_by_role("dialog")
            await dialog.get_by_role("button", name="Spam", exact=True).click()
            await dialog.get_by_role("button", name="Send the report").click()
            await ann.see(dialog.get_by_text("it is case"))
            await dialog.get_by_role("button", name="Done").click()

            await ann.press("Menu of this chat")
            await ann.choose("About this chat")
            side = ann.page.get_by_role("complementary")
            await side.get_by_role("button", name="Block", exact=True).click()
            await ann.page.get_by_role("dialog").get_by_role("button", name="Block", exact=True).click()
            await ann.see(side.get_by_role("button", name="Unblock"))
            await ann.shot("blocked")
            with refused("USER_IS_BLOCKED"):
                await eve.call("send", peer=ann_id, text="are you there?")
            await ann.page.goto(ann.server.url("/#/settings/privacy"))
            await ann.see(ann.page.get_by_role("list", name="Blocked").get_by_text("Eve"))
            await ann.page.get_by_role("list", name="Blocked").get_by_role("button", name="Unblock").click()
            await ann.see("You have blocked nobody.")

    scenario(story)
