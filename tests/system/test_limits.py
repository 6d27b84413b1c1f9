"""An account that may do less for a time, as its owner's client meets it, and the way back."""

import asyncio
import re

import pytest

from browser_page import chromium
from conftest import LIBRARIES, refused
from console_page import StaffPage
from test_bots import open_chat, until
from test_effects import OFFER, judged_by


@pytest.fixture
def slowing(own_server):
    path = judged_by(own_server, "limit_account", 'limit = "slow"\ndays = 2')
    yield own_server
    path.unlink()


@pytest.fixture
def freezing(own_server):
    path = judged_by(own_server, "limit_account", 'limit = "freeze"\ndays = 2')
    yield own_server
    path.unlink()


async def letter(who, words):
    while True:
        told = await who.event("new_message", peer=777000)
        if words in told["text"]:
            return told["text"]


async def told_of_freezing(who):
    """What the application's configuration says of it."""
    config = (await who.invoke("help.getAppConfig", hash=0)).config
    return {entry.key for entry in config.value if entry.key.startswith("freeze")}


def test_a_slowed_account_waits_between_posts(slowing, scenario):
    async def story(world):
        for library in LIBRARIES:
            ann = await world.person(library, "Ann")
            bob = await world.person("telethon", "Bob")
            await world.friends(ann, bob)
            news = await world.public_channel(ann, f"slow_{library}")
            await ann.call("send", peer=news, text=OFFER)
            await letter(ann, "may write in public only now and then")
            await ann.call("send", peer=news, text="Good morning")
            with refused(r"SLOWMODE_WAIT(_\d+)?"):
                await ann.call("send", peer=news, text="And again")
            await ann.call("send", peer=bob.id, text="In private nothing waits")

    scenario(story, slowing)


def test_a_frozen_account_reads_and_appeals(freezing, scenario):
    async def story(world):
        people = [await world.person(library, "Ann") for library in LIBRARIES]
        bob = await world.person("telethon", "Bob")
        cases = []
        for who in people:
            await world.friends(who, bob)
            news = await world.public_channel(who, f"frozen_{who.library}")
            assert await told_of_freezing(who) == set()
            await who.call("send", peer=news, text=OFFER)
            told = await letter(who, "is frozen: it can read, and appeal, and nothing else, until")
            cases.append(re.search(r"Case (\d+)\.", told)[1])
            await who.event("updateConfig")
        for who in people:
            for _ in range(100):  # the key ring looks again within a second
                if await told_of_freezing(who):
                    break
                await asyncio.sleep(0.1)
            assert await told_of_freezing(who) == {"freeze_since_date", "freeze_appeal_url"}
            with refused("FROZEN_METHOD_INVALID"):
                await who.call("send", peer=bob.id, text="Hello")
            with refused("FROZEN_METHOD_INVALID"):
                await who.call("create_channel", title="More", broadcast=True)
            await bob.call("send", peer=who.id, text="Are you there?")
            await who.event("new_message", text="Are you there?")
            assert [m["text"] for m in await who.call("history", peer=bob.id)] == ["Are you there?"]
            with refused("FROZEN_METHOD_INVALID"):
                await who.call("send", peer=bob.id, text="No, I am not")
        for who, case in zip(people, cases):
            bot = await open_chat(who)
            await who.invoke("messages.startBot", bot=bot.id, peer=bot.id, random_id=77, start_param=f"appeal_{case}")
            await until(who, bot, "wrong")
            await who.call("send", peer=bot.id, text="It is a line from a film.")
            await until(who, bot, "ppeal")

        async with chromium() as browser:
            mia = await StaffPage.join(browser, freezing, "Mia", "moderator")
            for number, who in enumerate(people, 1):
                await mia.open("/appeals")
                await mia.page.get_by_role("link", name=f"Appeal {number}", exact=True).click()
                await mia.fill("Answer", "It is from a film.")
                await mia.press("Uphold: restore everything")
                await mia.see("The person has been told.")
                await who.event("updateConfig")
        for who in people:
            for _ in range(100):
                if not await told_of_freezing(who):
                    break
                await asyncio.sleep(0.1)
            await who.call("send", peer=bob.id, text="I am back")

    scenario(story, freezing)
