"""Giving a channel away: what it takes, and what comes of it."""

import contextlib
import sqlite3

import pytest

from conftest import LIBRARIES, RpcError, refused


def give(who, chat, user, password={"_": "inputCheckPasswordEmpty"}):
    request = {"user_id": user.id, "password": password}
    if who.library == "telethon":  # its layer has this in place of the other
        return who.invoke("messages.editChatCreator", peer=chat, **request)
    return who.invoke("channels.editCreator", channel=chat, **request)


def test_a_channel_is_not_given_away_lightly(trio):
    async def story(world, ann, bob, eve):
        channel = await world.channel(ann, bob)
        with contextlib.suppress(RpcError):  # of an earlier story
            await ann.call("set_password", new=None, current="correct horse")
        with refused("PASSWORD_MISSING"):
            await give(ann, channel, bob)
        await ann.call("set_password", new="correct horse")
        with refused(r"PASSWORD_TOO_FRESH_6\d{5}"):
            await give(ann, channel, bob)
        with refused("CHAT_ADMIN_REQUIRED"):
            await give(bob, channel, bob)
        with refused("PARTICIPANT_MISSING|USER_NOT_PARTICIPANT"):
            await give(ann, channel, eve)
        creators = await ann.invoke("channels.getParticipants", channel=channel, limit=10,
                                    filter={"_": "channelParticipantsAdmins"})
        assert [(p._, p.user_id) for p in creators.participants] == [("channelParticipantCreator", ann.id)]

    trio(story)


def number(record, at):
    """One of the numbers in a stored document (base/codec.h), and where it ends."""
    value = shift = 0
    while True:
        value |= (record[at] & 127) << shift
        shift, at = shift + 7, at + 1
        if record[at - 1] < 128:
            return value, at


def numbered(value):
    return bytes([value & 127 | 128]) + numbered(value >> 7) if value > 127 else bytes([value])


def let_days_pass(server, days):
    """What it knows of sessions and passwords is that much older, as if it had not run for so long."""
    server.stop()
    seconds = days * 86400
    with sqlite3.connect(server.data / "store.sqlite") as database:
        database.execute("UPDATE auth_keys SET signed_in_at = signed_in_at - ?", (seconds,))
        for id, record in database.execute("SELECT id, password FROM accounts WHERE password != x''").fetchall():
            at = 0
            for _ in range(3):  # what proves it, the hint and the address come before the date
                size, at = number(record, at)
                at += size
            changed, end = number(record, at)
            record = record[:at] + numbered(changed - 2 * seconds) + record[end:]  # twice: their lowest bit is the sign
            database.execute("UPDATE accounts SET password = ? WHERE id = ?", (record, id))
    server.start()


@pytest.mark.parametrize("library", LIBRARIES)
def test_what_is_given_away(own_server, scenario, library):
    own_server.start()

    async def story(world):
        ann = await world.person(library, "Ann")
        bob, eve = [await world.person(one, one) for one in LIBRARIES if one != library]
        for one in (bob, eve):
            await world.friends(ann, one)
        channel = await world.public_channel(ann, "the_news")
        await ann.invoke("channels.inviteToChannel", channel=channel, users=[bob.id, eve.id])
        await bob.event("updateChannel", channel_id=-1000000000000 - channel)
        await ann.call("set_password", new="correct horse")

        def proof(password="correct horse"):
            return ann.call("prove_password", password=password)

        let_days_pass(own_server, 6)
        with refused(r"PASSWORD_TOO_FRESH_\d{5}"):
            await give(ann, channel, bob)
        let_days_pass(own_server, 2)
        for password in ({"_": "inputCheckPasswordEmpty"}, await proof("battery staple")):
            with refused("PASSWORD_HASH_INVALID"):  # all else is as it has to be
                await give(ann, channel, bob, password)
        with refused("USER_ID_INVALID"):
            await give(ann, channel, ann)
        stolen = await world.client(library)
        await stolen.sign_in(ann.phone, password="correct horse")
        await stolen.call("dialogs")
        await stolen.call("participants", peer=channel)
        with refused(r"SESSION_TOO_FRESH_8\d{4}"):
            await give(stolen, channel, bob)

        await bob.call("dialogs")  # connected again
        bob.events.clear()
        await give(ann, channel, bob, await proof())
        await bob.event("updateChannel", channel_id=-1000000000000 - channel)
        [seen] = (await bob.invoke("channels.getChannels", id=[channel])).chats
        assert seen.creator and seen.username == "the_news"
        [seen] = (await ann.invoke("channels.getChannels", id=[channel])).chats
        assert not seen.creator and seen.admin_rights.post_messages, "who gives it stays an administrator"
        found = await bob.invoke("channels.getParticipants", channel=channel, limit=10,
                                 filter={"_": "channelParticipantsAdmins"})
        assert {p.user_id: p._ for p in found.participants} == {bob.id: "channelParticipantCreator",
                                                                ann.id: "channelParticipantAdmin"}
        with refused("CHAT_ADMIN_REQUIRED"):  # it is no longer hers
            await give(ann, channel, eve, await proof())
        with refused("CHAT_ADMIN_REQUIRED"):
            await ann.invoke("channels.deleteChannel", channel=channel)
        with refused("USER_CREATOR"):
            await bob.invoke("channels.leaveChannel", channel=channel)
        await ann.call("leave", peer=channel)
        await bob.call("send", peer=channel, text="mine now")
        await eve.event("new_message", peer=channel, text="mine now")

        if library == "gramjs":
            return  # its layer gives away channels alone
        group = await world.group(ann, bob)
        await ann.invoke("messages.editChatCreator", peer=group, user_id=bob.id, password=await proof())
        with refused("CHAT_ADMIN_REQUIRED"):
            await ann.invoke("messages.deleteChat", chat_id=-group)
        assert await bob.invoke("messages.deleteChat", chat_id=-group)

    scenario(story, own_server)
