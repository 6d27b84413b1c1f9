"""Scheduled and silent messages."""

import time

from conftest import refused
from test_signatures import promote

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


def test_posts_that_wait_are_the_administrators(trio):
    async def story(world, ann, bob, eve):
        channel = await world.channel(ann, bob, eve)
        await promote(ann, channel, bob, post_messages=True)
        when = int(time.time()) + LATER
        await ann.call("send", peer=channel, text="at nooon", schedule=when)
        made = await bob.event("updateNewScheduledMessage", message="at nooon", peer_id=channel)
        assert made.date == when and made.post and not made.out
        for who in (ann, bob):
            assert (await who.full(channel)).has_scheduled and await waiting(who, channel) == ["at nooon"]
        assert not (await eve.full(channel)).has_scheduled
        for method in ("getScheduledMessages", "sendScheduledMessages", "deleteScheduledMessages"):
            with refused("CHAT_ADMIN_REQUIRED"):
                await eve.invoke(f"messages.{method}", peer=channel, id=[made.id])
        with refused("CHAT_ADMIN_REQUIRED"):
            await waiting(eve, channel)

        # Another one corrects it, puts it off and sends it: it is a post like any other.
        await bob.invoke("messages.editMessage", peer=channel, id=made.id, message="at noon", schedule_date=when + 60)
        changed = await ann.event("updateNewScheduledMessage", id=made.id, message="at noon")
        assert changed.date == when + 60 and changed.out
        done = await bob.invoke("messages.sendScheduledMessages", peer=channel, id=[made.id])
        [gone] = [u for u in done.updates if u._ == "updateDeleteScheduledMessages"]
        assert gone.messages == [made.id]
        assert (await ann.event("updateDeleteScheduledMessages", peer=channel)).sent_messages == gone.sent_messages
        assert (await eve.event("updateNewChannelMessage", message="at noon")).id == gone.sent_messages[0]

        await bob.call("send", peer=channel, text="never", schedule=when)
        made = await ann.event("updateNewScheduledMessage", message="never")
        await ann.invoke("messages.deleteScheduledMessages", peer=channel, id=[made.id])
        assert (await bob.event("updateDeleteScheduledMessages", messages=[made.id])).peer == channel
        # Who is no administrator any more sees nothing of it; what they left can still be sent.
        await bob.call("send", peer=channel, text="left behind", schedule=when)
        made = await ann.event("updateNewScheduledMessage", message="left behind")
        await promote(ann, channel, bob)
        with refused("CHAT_ADMIN_REQUIRED"):
            await waiting(bob, channel)
        await ann.invoke("messages.sendScheduledMessages", peer=channel, id=[made.id])
        await eve.event("updateNewChannelMessage", message="left behind")
        assert await waiting(ann, channel) == []

    trio(story)


def test_what_waits_in_a_group_is_everybodys_own(trio):
    async def story(world, ann, bob, _):
        group = await world.supergroup(ann, bob)
        when = int(time.time()) + LATER
        for who in (ann, bob):
            await who.call("send", peer=group, text=f"from {who.id}", schedule=when)
        for who in (ann, bob):
            assert await waiting(who, group) == [f"from {who.id}"]

    trio(story)


def test_a_message_makes_no_sound(trio):
    async def story(world, ann, bob, _):
        await ann.call("send", peer=bob.id, text="sleep well", silent=True)
        assert (await bob.event("new_message", peer=ann.id, text="sleep well"))["silent"]
        channel = await world.channel(ann, bob)
        await ann.call("send", peer=channel, text="a small thing", silent=True)
        assert (await bob.event("new_message", peer=channel, text="a small thing"))["silent"]

    trio(story)
