"""What members may not do: slow mode, restrictions with an end, what is forbidden to all."""

import time

from conftest import refused
from test_media import png


async def restrict(who, peer, member, until=0, **rights):
    await who.invoke("channels.editBanned", channel=peer, participant=member.id,
                     banned_rights={"_": "chatBannedRights", "until_date": until, **rights})


async def standing(who, peer, member):
    return (await who.invoke("channels.getParticipant", channel=peer, participant=member.id)).participant


def test_slow_mode(trio):
    async def story(world, ann, bob, _):
        group = await world.supergroup(ann, bob)
        with refused("SECONDS_INVALID"):
            await ann.invoke("channels.toggleSlowMode", channel=group, seconds=7)
        await ann.invoke("channels.toggleSlowMode", channel=group, seconds=300)
        await bob.call("send", peer=group, text="one")
        with refused(r"SLOWMODE_WAIT_(300|29\d)"):
            await bob.call("send", peer=group, text="two")
        full = await bob.full(group)
        assert full.slowmode_seconds == 300 and full.slowmode_next_send_date > time.time() + 200
        for text in ("administrators", "do not wait"):
            await ann.call("send", peer=group, text=text)
        await ann.invoke("channels.toggleSlowMode", channel=group, seconds=0)
        await bob.call("send", peer=group, text="two")

    trio(story)


def test_a_restriction_with_an_end(trio):
    async def story(world, ann, bob, eve):
        group = await world.supergroup(ann, bob, eve)
        until = int(time.time()) + 3600
        with refused("CHAT_ADMIN_REQUIRED"):
            await eve.invoke("channels.editBanned", channel=group, participant=bob.id,
                             banned_rights={"_": "chatBannedRights", "until_date": 0, "send_messages": True})
        bob.events.clear()
        await restrict(ann, group, bob, until, send_messages=True)
        await bob.event("updateChannel", channel_id=-1000000000000 - group)
        with refused("USER_BANNED_IN_CHANNEL|CHAT_WRITE_FORBIDDEN"):
            await bob.call("send", peer=group, text="but")
        seen = await standing(eve, group, bob)
        assert seen._ == "channelParticipantBanned" and seen.banned_rights.until_date == until
        assert seen.kicked_by == ann.id and not seen.left
        [chat] = (await bob.invoke("channels.getChannels", id=[group])).chats
        assert chat.banned_rights.send_messages and chat.banned_rights.until_date == until

        await restrict(ann, group, bob)
        assert (await standing(eve, group, bob))._ == "channelParticipant"
        await bob.call("send", peer=group, text="thank you")

        await restrict(ann, group, bob, view_messages=True)
        with refused("CHANNEL_PRIVATE"):
            await bob.call("history", peer=group)
        seen = await standing(ann, group, bob)
        assert seen.left and seen.banned_rights.view_messages
        assert seen.banned_rights.until_date in (0, 2147483647), "for ever"

    trio(story)


def test_what_is_forbidden_to_all(trio, tmp_path):
    async def story(world, ann, bob, _):
        group = await world.supergroup(ann, bob)
        (tmp_path / "photo.png").write_bytes(png(300, 200))
        rights = {"_": "chatBannedRights", "until_date": 0, "send_photos": True, "invite_users": True}
        await ann.invoke("messages.editChatDefaultBannedRights", peer=group, banned_rights=rights)
        await bob.event("updateChannel", channel_id=-1000000000000 - group)
        [chat] = (await bob.invoke("channels.getChannels", id=[group])).chats
        assert chat.default_banned_rights.send_photos and not chat.default_banned_rights.send_messages
        await bob.call("send", peer=group, text="words are free")
        with refused("CHAT_SEND_PHOTOS_FORBIDDEN|CHAT_SEND_MEDIA_FORBIDDEN"):
            await bob.call("send_file", peer=group, path=str(tmp_path / "photo.png"), kind="photo")
        with refused("CHAT_ADMIN_REQUIRED"):
            await bob.invoke("messages.exportChatInvite", peer=group)
        assert (await ann.call("send_file", peer=group, path=str(tmp_path / "photo.png"), kind="photo"))["media"]

    trio(story)
