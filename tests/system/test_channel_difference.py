"""What was missed in one channel, asked for as clients do that were away."""


async def missed(who, channel, pts, **options):
    return await who.invoke("updates.getChannelDifference", channel=channel, pts=pts, **{
        "filter": {"_": "channelMessagesFilterEmpty"}, "limit": 100, **options})


def test_what_was_missed(trio):
    async def story(world, ann, bob, _):
        channel = await world.channel(ann, bob)
        pts = (await bob.full(channel)).pts
        assert (await missed(bob, channel, pts))._ == "channelDifferenceEmpty"
        posts = [(await ann.call("send", peer=channel, text=f"post {i}"))["id"] for i in range(12)]
        await ann.call("edit", peer=channel, id=posts[0], text="post zero")
        await ann.call("delete", peer=channel, ids=posts[1:3])
        await ann.call("pin", peer=channel, id=posts[4])

        every, pages = [], 0
        while True:
            page = await missed(bob, channel, pts, limit=10)
            assert page._ == "channelDifference" and page.pts > pts
            every += [m.message for m in page.new_messages if m._ == "message"]
            pts, pages = page.pts, pages + 1
            if page.final:
                break
        assert pages > 1 and every == ["post zero"] + [f"post {i}" for i in range(3, 12)]
        kinds = {u._ for u in page.other_updates}
        assert {"updateDeleteChannelMessages", "updatePinnedChannelMessages"} <= kinds
        assert pts == (await bob.full(channel)).pts and (await missed(bob, channel, pts))._ == "channelDifferenceEmpty"

    trio(story)


def test_who_looks_at_a_channel_hears_of_it(trio):
    """Pushes come to who is not in it as long as they ask again and again; see LiveSession::watch."""
    async def story(world, ann, bob, _):
        name = f"watched_{ann.library}"
        group = await world.public_channel(ann, name, title="Talk", broadcast=False)
        found = await bob.invoke("contacts.resolveUsername", username=name)
        assert found.peer == group
        pts = (await bob.full(group)).pts
        answer = await missed(bob, group, pts)
        assert answer._ == "channelDifferenceEmpty" and answer.timeout > 0
        sent = await ann.call("send", peer=group, text="passing by?")
        assert (await bob.event("updateNewChannelMessage", message="passing by?")).id == sent["id"]
        answer = await missed(bob, group, pts)
        assert answer.final and answer.timeout > 0 and [m.id for m in answer.new_messages] == [sent["id"]]
        # Who is in it needs no asking.
        await bob.call("join", username=name)
        assert not (await missed(bob, group, (await bob.full(group)).pts)).timeout
        # Who may not read it hears nothing.
        await ann.invoke("channels.editBanned", channel=group, participant=bob.id,
                         banned_rights={"_": "chatBannedRights", "view_messages": True})
        await bob.event("updateChannel")
        await ann.call("send", peer=group, text="among us")
        await ann.call("send", peer=bob.id, text="and to you")
        await bob.event("new_message", text="and to you")
        assert "among us" not in str(bob.events)

    trio(story)


def test_too_much_was_missed(trio):
    async def story(world, ann, bob, _):
        group = await world.supergroup(ann, bob)
        await ann.call("send", peer=group, text="the latest")
        # A place in the log which the server no longer has, or does not have since it was put back from a copy.
        answer = await missed(bob, group, (await bob.full(group)).pts + 5000)
        assert answer._ == "channelDifferenceTooLong" and answer.final
        assert answer.messages[0].message == "the latest"
        assert answer.dialog.unread_count == (await bob.dialog(group)).unread_count > 0
        assert answer.dialog.pts == (await bob.full(group)).pts

    trio(story)
