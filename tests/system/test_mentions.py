"""Mentions: by name, by link, by an answer; unread until looked at."""


async def mention(who, peer, text, user):
    """A message whose first word is a link to the user."""
    link = {"_": "inputMessageEntityMentionName", "offset": 0, "length": len(text.split()[0]), "user_id": user}
    await who.invoke("messages.sendMessage", peer=peer, message=text, entities=[link])


async def unread(who, peer):
    found = await who.invoke("messages.getUnreadMentions", peer=peer, limit=10)
    assert (await who.dialog(peer)).unread_mentions_count == len(found.messages)
    return [m.message for m in found.messages]


def test_a_mention_waits_until_it_is_seen(trio):
    async def story(world, ann, bob, eve):
        group = await world.supergroup(ann, bob, eve)
        await mention(ann, group, "Bob, look", bob.id)
        got = await bob.event("updateNewChannelMessage", peer_id=group, message="Bob, look")
        assert got.mentioned and got.media_unread
        assert [e._ for e in got.entities if e.user_id == bob.id] == ["messageEntityMentionName"]
        assert not (await eve.event("updateNewChannelMessage", peer_id=group, message="Bob, look")).mentioned
        assert await unread(bob, group) == ["Bob, look"] and await unread(eve, group) == []

        await bob.invoke("channels.readHistory", channel=group, max_id=got.id)
        assert await unread(bob, group) == ["Bob, look"], "reading past it is not looking at it"
        await bob.invoke("channels.readMessageContents", channel=group, id=[got.id])
        assert await unread(bob, group) == []

    trio(story)


def test_answers_and_names_mention_too(trio):
    async def story(world, ann, bob, eve):
        group = await world.supergroup(ann, bob, eve)
        name = f"bob_the_{bob.library}"
        await bob.call("set_username", username=name)
        asked = await bob.call("send", peer=group, text="Cake?")
        await ann.call("send", peer=group, text="Yes, please", reply_to=asked["id"])
        await eve.call("send", peer=group, text=f"@{name} for me too")
        assert await unread(bob, group) == [f"@{name} for me too", "Yes, please"]
        assert await unread(ann, group) == []
        await bob.invoke("messages.readMentions", peer=group)
        assert await unread(bob, group) == []

    trio(story)


def test_a_basic_group_mentions(trio):
    async def story(world, ann, bob, eve):
        group = await world.group(ann, bob, eve)
        await mention(ann, group, "Eve! hello", eve.id)
        got = await eve.event("updateNewMessage", peer_id=group, message="Eve! hello")
        assert got.mentioned and await unread(eve, group) == ["Eve! hello"]
        await eve.invoke("messages.readMessageContents", id=[got.id])
        assert await unread(eve, group) == []

    trio(story)
