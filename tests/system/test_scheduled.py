"""Scheduled and silent messages."""

import time

from conftest import refused

LATER = 3600


async def waiting(who, peer):
    return [m.message for m in (await who.invoke("messages.getScheduledHistory", peer=peer)).messages]


def test_a_message_waits(trio):
    async def story(world, ann, bob, _):
        when = int(time.time()) + LATER
        sent = await ann.invoke("messages.sendMessage", peer=bob.id, message="tomorow", schedule_date=when)
        [made] = [u.message for u in sent.updates if u._ == "updateNewScheduledMessage"]
        assert made.date == when and await waiting(ann, bob.id) == ["tomorow"] and await waiting(bob, ann.id) == []
        assert (await ann.invoke("users.getFullUser", id=bob.id)).full_user.has_scheduled
        await ann.invoke("messages.editMessage", peer=bob.id, id=made.id, message="tomorrow", schedule_date=when + 60)
        [found] = (await ann.invoke("messages.getScheduledMessages", peer=bob.id, id=[made.id])).messages
        assert (found.message, found.date) == ("tomorrow", when + 60)

        done = await ann.invoke("messages.sendScheduledMessages", peer=bob.id, id=[made.id])
        [gone] = [u for u in done.updates if u._ == "updateDeleteScheduledMessages"]
        assert gone.messages == [made.id]
        await bob.event("new_message", peer=ann.id, text="tomorrow")
        assert await waiting(ann, bob.id) == []

        sent = await ann.invoke("messages.sendMessage", peer=bob.id, message="never", schedule_date=when)
        [made] = [u.message for u in sent.updates if u._ == "updateNewScheduledMessage"]
        await ann.invoke("messages.deleteScheduledMessages", peer=bob.id, id=[made.id])
        assert await waiting(ann, bob.id) == []
        with refused("SCHEDULE_DATE_TOO_LATE"):
            await ann.call("send", peer=bob.id, text="in two years", schedule=int(time.time()) + 2 * 366 * 86400)
        assert all(m["text"] != "never" for m in await bob.call("history", peer=ann.id))

    trio(story)


def test_a_post_waits(trio):
    async def story(world, ann, bob, _):
        channel = await world.channel(ann, bob)
        await ann.call("send", peer=channel, text="at noon", schedule=int(time.time()) + LATER)
        assert (await ann.full(channel)).has_scheduled
        [made] = (await ann.invoke("messages.getScheduledHistory", peer=channel)).messages
        await ann.invoke("messages.sendScheduledMessages", peer=channel, id=[made.id])
        await bob.event("new_message", peer=channel, text="at noon")

    trio(story)


def test_a_message_makes_no_sound(trio):
    async def story(world, ann, bob, _):
        await ann.call("send", peer=bob.id, text="sleep well", silent=True)
        assert (await bob.event("new_message", peer=ann.id, text="sleep well"))["silent"]
        channel = await world.channel(ann, bob)
        await ann.call("send", peer=channel, text="a small thing", silent=True)
        assert (await bob.event("new_message", peer=channel, text="a small thing"))["silent"]

    trio(story)
