"""How often posts of channels are seen and passed on."""


async def counters(who, peer, *ids, look=False):
    answer = await who.invoke("messages.getMessagesViews", peer=peer, id=list(ids), increment=look)
    return [(v.views, v.forwards) for v in answer.views]


def test_views_and_forwards_are_counted(trio):
    async def story(world, ann, bob, eve):
        channel = await world.channel(ann, bob)
        post = (await ann.call("send", peer=channel, text="read this"))["id"]
        got = await bob.event("updateNewChannelMessage", peer_id=channel, message="read this")
        assert (got.views, got.forwards) == (1, 0) and got.post
        assert await counters(bob, channel, post, look=True) == [(2, 0)]
        assert await counters(bob, channel, post, look=True) == [(2, 0)], "each looks once"

        await bob.call("forward", peer=eve.id, ids=[post], from_peer=channel)
        assert await counters(ann, channel, post) == [(2, 1)]
        passed = await eve.event("new_message", peer=bob.id, text="read this")
        [shown] = (await eve.invoke("messages.getMessages", id=[{"_": "inputMessageID", "id": passed["id"]}])).messages
        assert shown.fwd_from.from_id == channel and shown.fwd_from.channel_post == post

        group = await world.supergroup(ann, bob)
        talk = (await ann.call("send", peer=group, text="no post"))["id"]
        assert await counters(bob, group, talk, look=True) == [(None, None)], "messages of groups are not counted"

    trio(story)
