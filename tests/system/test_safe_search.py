"""The whole story: a word is reported, guarded, and its shop closed; the owner appeals; everybody hears; the log verifies.

Members use foreign clients; the staff works in a browser, each with a passkey of their own.
"""

import asyncio
import re

import pytest

from conftest import LIBRARIES, refused
from browser_page import chromium
from console_page import StaffPage
from test_bots import open_chat, press, until
from test_ledger import foreign, key

WORD = "blue fairy"  # slang that no shipped list has
SPELLINGS = ["blue fairy", "Blue  Fairy", "bl.ue fa.iry", "blu3 fa1ry", "BLUE FAIRYY"]


async def guard_word(mia):
    """What a moderator does about a reported word: sees what it finds, and guards it."""
    await mia.open("/terms")
    await mia.page.get_by_role("link", name=WORD, exact=True).click()
    await mia.see("Blue fairy delivery")
    await mia.shot("term")
    await mia.page.get_by_text("Block: help only").click()
    await mia.fill("Reason, for the record", "It is slang for a drug.")
    await mia.press("Guard")
    await mia.see("It is in force.")


async def close_shop(mia, noah):
    """One moderator proposes, another agrees; the case's number."""
    await mia.open("/queue?kind=message")
    await mia.page.locator("[role=option][id^=case-]").first.click()
    await mia.see(mia.page.get_by_role("form", name="Decide"))
    await mia.see(mia.page.get_by_role("img", name=re.compile("Map of the world: .* 1 of them")))  # the reporter's number
    await mia.page.keyboard.press("x")
    await mia.page.get_by_label("Rule").select_option(label="Illegal goods")
    await mia.fill("Reason", "It is a shop for drugs.")
    await mia.shot("case")
    number = int(re.search(r"/cases/(\d+)", mia.page.url)[1])
    await mia.press("Decide: Close channel")
    await mia.prove()
    await mia.see("Waits for a second person.")
    await mia.see(mia.page.get_by_role("listbox", name="Queue"))  # where a decision leads when no other case waits
    await mia.open(f"/cases/{number}")
    await mia.see("Awaits a second person")
    assert await mia.button("Confirm").count() == 0, "it was her own decision"

    await noah.open(f"/cases/{number}")
    await noah.see("It is a shop for drugs.")
    await noah.shot("second")
    await noah.press("Confirm")
    await noah.prove()
    await noah.see("ledger entry")
    return number


async def uphold(olga, number):
    await olga.open("/appeals")
    await olga.page.get_by_role("link", name="Appeal 1", exact=True).click()
    await olga.see("It is a toy shop for children's parties.")
    await olga.fill("Answer", "It sells toys.")
    await olga.shot("appeal")
    await olga.press("Uphold: restore everything")
    await olga.see("The person has been told.")


async def report_word(who, bot, word):
    """Through the bot's buttons; the case's number."""
    await who.call("send", peer=bot.id, text="/start")
    await until(who, bot, "Here you report")
    await who.call("send", peer=bot.id, text=word)
    await press(who, bot, await until(who, bot, "lead to?"), "Drugs, weapons, forged papers, stolen data")
    await press(who, bot, await until(who, bot, "Which country"), "United States")
    await press(who, bot, await until(who, bot, "anything the moderators should know"), "Skip")
    await press(who, bot, await until(who, bot, "Your report:"), "Send the report")
    filed = await until(who, bot, "Your report is in case")
    return int(re.search(r"case (\d+)", filed.message)[1])


async def told(who, *words):
    """What the service account has written, once it has all these words in it."""
    await who.call("dialogs")  # so that the library knows the account
    for _ in range(150):
        page = await who.invoke("messages.getHistory", peer=777000, limit=20)
        for message in page.messages:
            if all(one in (message.message or "") for one in words):
                return message
        await asyncio.sleep(0.2)
    raise AssertionError(f"nobody said {words}")


async def hidden(who, word, peer):
    """A search for the word finds no such peer, at the latest when the terms are in force."""
    for _ in range(40):
        found = (await who.call("find_peers", query=word))["others"]
        if peer not in found:
            return found
        await asyncio.sleep(0.5)
    raise AssertionError(f"{word!r} still finds it")


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_word_is_reported_guarded_and_its_shop_closed(own_server, scenario, library):
    own_server.config = '[ledger]\nbatch_seconds = 1\norigin = "ledger.example/test"\n'
    own_server.start()

    async def story(world):
        async with chromium() as browser:
            await tell(world, browser)

    async def tell(world, browser):
        owner = await world.person("telethon", "Owner")
        ann = await world.person(library, "Ann")
        shop = await world.public_channel(owner, "the_blue_fairy", title="Blue fairy delivery")
        await owner.call("send", peer=shop, text="blue fairy, tonight")
        while shop not in (await ann.call("find_peers", query=WORD))["others"]:
            await asyncio.sleep(0.5)  # until the index has it
        bot = await open_chat(ann)
        number = await report_word(ann, bot, WORD)

        mia, noah = [await StaffPage.join(browser, own_server, name, "moderator") for name in ("Mia", "Noah")]
        await guard_word(mia)
        await told(ann, f"case {number}", "guarded from now on")

        # No spelling finds the shop any more: help stands in its place.
        for spelling in SPELLINGS:
            assert len(await hidden(ann, spelling, shop)) == 1, "help stands in its place"

        first = await ann.invoke("messages.report", peer=shop, id=[2], option=b"x:goods/drugs!", message="a shop")
        assert first._ == "reportResultReported"
        shop_case = await close_shop(mia, noah)
        with refused("CHANNEL_PRIVATE|CHANNEL_INVALID"):
            await ann.call("history", peer=shop)
        letter = await told(owner, "Your message", "Why: It is a shop for drugs.", "Decided by a moderator.")
        await told(ann, f"case {shop_case}", "something was done about it")

        # The owner appeals through the button under the letter; somebody else than before decides.
        [[button]] = [row.buttons for row in letter.reply_markup.rows]
        start = re.fullmatch(r"tg://resolve\?domain=searchreport&start=(appeal_\d+)", button.type.url)[1]
        helper = await open_chat(owner)
        await owner.call("send", peer=helper.id, text=f"/start {start}")
        await until(owner, helper, "Write it in one message")
        await owner.call("send", peer=helper.id, text="It is a toy shop for children's parties.")
        await until(owner, helper, "has been taken")
        await noah.open("/appeals")
        await noah.see("Appeal 1")
        await noah.page.get_by_role("link", name="Appeal 1", exact=True).click()
        await noah.see("You made the decision; somebody else has to look.")
        await uphold(await StaffPage.join(browser, own_server, "Olga", "senior-moderator"), shop_case)
        await told(owner, "It sells toys.")
        assert "blue fairy, tonight" in [m["text"] for m in await owner.call("history", peer=shop)]
        assert foreign("log", own_server.url("/ledger"), key(own_server))["size"] > 0

    scenario(story, own_server)
