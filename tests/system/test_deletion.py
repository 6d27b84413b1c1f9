"""The end of a group or channel: everybody in it hears of it, and what becomes of its name."""

import pytest

from conftest import RpcError, refused
from test_basic_groups import add, describe, forbid, promote, rename, texts


def test_a_group_is_deleted(trio):
    async def story(world, ann, bob, eve):
        group = await world.group(ann, bob)
        link = (await ann.call("export_invite", peer=group))["link"]
        await ann.call("send", peer=group, text="it was nice")
        await bob.event("new_message", peer=group, text="it was nice")
        with refused("CHAT_ADMIN_REQUIRED"):
            await bob.invoke("messages.deleteChat", chat_id=-group)
        bob.events.clear()
        assert await ann.invoke("messages.deleteChat", chat_id=-group)
        await bob.event("updateChat", chat_id=-group)

        for who in (ann, bob):
            [shown] = (await who.invoke("messages.getChats", id=[-group])).chats
            assert shown.deactivated
            assert await texts(who, group) == ["it was nice"], "everybody's copy is their own"
            with refused("CHAT_WRITE_FORBIDDEN|CHAT_ID_INVALID|PEER_ID_INVALID"):
                await who.call("send", peer=group, text="too late")
        with refused("INVITE_HASH_EXPIRED|INVITE_HASH_INVALID"):
            await eve.call("join_link", hash=link.rsplit("/+", 1)[1])

    trio(story)


def test_nothing_is_done_in_a_deleted_group(trio):
    async def story(world, ann, bob, eve):
        group = await world.group(ann, bob)
        await ann.invoke("messages.deleteChat", chat_id=-group)
        attempts = {
            "migrate": ann.invoke("messages.migrateChat", chat_id=-group),
            "invite": ann.call("export_invite", peer=group),
            "rename": rename(ann, group, "Still here"),
            "describe": describe(ann, group, "Still here"),
            "add": add(ann, group, eve),
            "promote": promote(ann, group, bob),
            "forbid": forbid(ann, group, send_polls=True),
            "delete": ann.invoke("messages.deleteChat", chat_id=-group),
        }
        done = []
        for what, attempt in attempts.items():
            try:
                await attempt
                done.append(what)
            except RpcError as error:
                assert error.name in ("CHAT_ID_INVALID", "PEER_ID_INVALID"), what
        assert done == []

    trio(story)


@pytest.mark.parametrize("broadcast", [False, True], ids=["supergroup", "channel"])
def test_a_public_one_is_deleted(trio, broadcast):
    async def story(world, ann, bob, eve):
        name = f"{'paper' if broadcast else 'parlour'}_of_{ann.library}"
        peer = await world.public_channel(ann, name, broadcast=broadcast)
        await bob.call("join", username=name)
        await bob.event("updateChannel", channel_id=-1000000000000 - peer)
        await ann.call("send", peer=peer, text="the last post")
        await bob.event("new_message", peer=peer, text="the last post")
        with refused("CHAT_ADMIN_REQUIRED"):
            await bob.invoke("channels.deleteChannel", channel=peer)
        bob.events.clear()
        await ann.invoke("channels.deleteChannel", channel=peer)
        await bob.event("updateChannel", channel_id=-1000000000000 - peer)

        for who in (ann, bob):
            [shown] = (await who.invoke("channels.getChannels", id=[peer])).chats
            assert shown._ == "channelForbidden"
            with refused("CHANNEL_PRIVATE"):
                await who.invoke("messages.getHistory", peer=peer, limit=10)
            with refused("CHANNEL_PRIVATE|CHAT_WRITE_FORBIDDEN"):
                await who.invoke("messages.sendMessage", peer=peer, message="too late")

        # The name is free for others.
        for who in (bob, eve):
            with refused("USERNAME_NOT_OCCUPIED"):
                await who.invoke("contacts.resolveUsername", username=name)
        assert await eve.invoke("channels.checkUsername", channel={"_": "inputChannelEmpty"}, username=name) is True
        other = await world.public_channel(eve, name, broadcast=broadcast)
        assert (await bob.invoke("contacts.resolveUsername", username=name)).peer == other

    trio(story)


def test_a_private_one_is_deleted(trio):
    async def story(world, ann, bob, eve):
        group = await world.supergroup(ann, bob)
        link = (await ann.call("export_invite", peer=group))["link"].rsplit("/+", 1)[1]
        await ann.call("send", peer=group, text="between us")
        await bob.event("new_message", peer=group, text="between us")
        bob.events.clear()
        await ann.invoke("channels.deleteChannel", channel=group)
        await bob.event("updateChannel", channel_id=-1000000000000 - group)
        with refused("CHANNEL_PRIVATE"):
            await bob.call("send", peer=group, text="too late")
        with refused("INVITE_HASH_EXPIRED|INVITE_HASH_INVALID|CHANNEL_PRIVATE"):
            await eve.call("join_link", hash=link)
        for who in (ann, bob):
            dialogs = await who.invoke("messages.getDialogs", limit=100)
            assert "between us" not in str(dialogs.messages), "what was said there is read no more"
            assert group not in [d.peer for d in dialogs.dialogs], "nobody can do anything there"

    trio(story)
