"""Protected content: nothing of it is passed on, saved or copied."""

from conftest import refused


async def refuses_to_let_go(who, id, peer, to):
    for target in (to, who.id):
        with refused("CHAT_FORWARDS_RESTRICTED"):
            await who.call("forward", peer=target, ids=[id], from_peer=peer)
    with refused("CHAT_FORWARDS_RESTRICTED"):
        await who.call("forward", peer=to, ids=[id], from_peer=peer, drop_author=True)


def test_a_protected_channel(trio):
    async def story(world, ann, bob, eve):
        channel = await world.channel(ann, bob)
        post = (await ann.call("send", peer=channel, text="keep it here"))["id"]
        assert (await bob.call("forward", peer=eve.id, ids=[post], from_peer=channel))[0]["text"] == "keep it here"
        await ann.invoke("messages.toggleNoForwards", peer=channel, enabled=True)
        await bob.event("updateChannel", channel_id=-1000000000000 - channel)
        [seen] = (await bob.invoke("channels.getChannels", id=[channel])).chats
        assert seen.noforwards
        await refuses_to_let_go(bob, post, channel, eve.id)
        with refused("CHAT_NOT_MODIFIED"):
            await ann.invoke("messages.toggleNoForwards", peer=channel, enabled=True)
        await ann.invoke("messages.toggleNoForwards", peer=channel, enabled=False)
        await bob.call("forward", peer=bob.id, ids=[post], from_peer=channel)

    trio(story)


def test_a_protected_message(trio):
    async def story(world, ann, bob, eve):
        group = await world.supergroup(ann, bob)
        await ann.invoke("messages.sendMessage", peer=group, message="between us", noforwards=True)
        got = await bob.event("updateNewChannelMessage", peer_id=group, message="between us")
        assert got.noforwards
        await refuses_to_let_go(bob, got.id, group, eve.id)

    trio(story)
