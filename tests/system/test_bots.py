"""@searchreport, as three client libraries talk with it."""

import asyncio
import base64
import re

import pytest

from conftest import LIBRARIES, refused

NAME = "searchreport"


async def open_chat(who, name=NAME):
    """The bot, as the library has looked it up; its account."""
    found = await who.invoke("contacts.resolveUsername", username=name)
    return next(user for user in found.users if user.username == name)


async def newest(who, bot, count=1):
    page = await who.invoke("messages.getHistory", peer=bot.id, limit=count)
    return page.messages


async def until(who, bot, words, seconds=15):
    """The bot's newest message, once it has these words in it."""
    for _ in range(10 * seconds):
        message = (await newest(who, bot))[0]
        if words in (message.message or "") and not message.out:
            return message
        await asyncio.sleep(0.1)
    raise AssertionError(f"no {words!r}; the newest is {message.message!r}")


def buttons(message):
    """What is on its buttons, and what they say; in the form of the library's layer."""
    rows = message.reply_markup.rows if message.reply_markup else []
    return {b.text: (b.type or b).data for row in rows for b in row.buttons}


async def press(who, bot, message, label):
    return await who.invoke("messages.getBotCallbackAnswer", peer=bot.id, msg_id=message.id,
                            data=buttons(message)[label])


@pytest.mark.parametrize("library", LIBRARIES)
def test_it_is_a_bot_with_commands(scenario, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        bot = await open_chat(ann)
        assert bot.bot and bot.verified and bot.bot_info_version >= 1
        full = (await ann.invoke("users.getFullUser", id=bot.id)).full_user
        commands = [c.command for c in full.bot_info.commands]
        assert commands[0] == "start" and {"status", "mine", "appeal", "language"} <= set(commands)
        assert "Report search words" in full.bot_info.description

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_report_is_written_with_buttons(scenario, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        bot = await open_chat(ann)
        await ann.call("send", peer=bot.id, text="/start")
        await until(ann, bot, "Here you report")
        word = f"snow {library}"
        start = base64.urlsafe_b64encode(word.encode()).decode().rstrip("=")
        await ann.invoke("messages.startBot", bot=bot.id, peer=bot.id, random_id=77, start_param=start)
        question = await until(ann, bot, f"a search for “{word}” lead to?")
        assert (await newest(ann, bot, 2))[1].message == "/start"
        assert len(buttons(question)) == 12
        await press(ann, bot, question, "Spam")
        question = await until(ann, bot, "Which country")
        assert "United States" in buttons(question)
        await press(ann, bot, question, "United States")
        question = await until(ann, bot, "anything the moderators should know")
        assert word in (await newest(ann, bot, 2))[1].message
        await press(ann, bot, question, "Skip")
        question = await until(ann, bot, "Your report:")
        assert "United States" in question.message
        await press(ann, bot, question, "Send the report")
        filed = await until(ann, bot, "Your report is in case")
        assert not buttons(filed)
        number = re.search(r"case (\d+)", filed.message)[1]
        await ann.call("send", peer=bot.id, text=f"/status {number}")
        await until(ann, bot, f"Case {number}, the search words “{word}”: waiting to be looked at.")
        await ann.call("send", peer=bot.id, text="/mine")
        await until(ann, bot, f"{number} · the search words “{word}”")
        await ann.call("send", peer=bot.id, text="/status 999999")
        await until(ann, bot, "You have no report in a case with the number 999999")
        with refused("DATA_INVALID"):
            await ann.invoke("messages.getBotCallbackAnswer", peer=bot.id, msg_id=filed.id, data=b"x:1:0:")
        with refused("START_PARAM_INVALID"):
            await ann.invoke("messages.startBot", bot=bot.id, peer=bot.id, random_id=78, start_param="a b")

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_conversation_outlives_the_server(scenario, own_server, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        bot = await open_chat(ann)
        await ann.call("send", peer=bot.id, text="snow")
        question = await until(ann, bot, "lead to?")
        own_server.kill()
        own_server.start()
        await press(ann, bot, question, "Spam")
        await until(ann, bot, "Which country")
        own_server.kill()
        own_server.start()
        answer = await press(ann, bot, await until(ann, bot, "Which country"), "Another country")
        assert not answer.message
        await ann.call("send", peer=bot.id, text="Germany")
        await until(ann, bot, "anything the moderators should know")

    own_server.start()
    scenario(story, own_server)


def test_a_link_shows_what_a_search_holds_back(scenario):
    async def story(world):
        ann = await world.person("telethon", "Ann")
        bot = await open_chat(ann)
        await ann.invoke("messages.startBot", bot=bot.id, peer=bot.id, random_id=77, start_param="show")
        await until(ann, bot, "For the next 15 minutes")

    scenario(story)


def test_nobody_puts_it_into_a_group(scenario):
    async def story(world):
        ann = await world.person("telethon", "Ann")
        bot = await open_chat(ann)
        peer = await world.supergroup(ann)
        with refused("BOT_GROUPS_BLOCKED"):
            await ann.invoke("channels.inviteToChannel", channel=peer, users=[bot.id])

    scenario(story)
