"""The members of a supergroup, by what they are."""

from conftest import refused


def test_lists_of_members(trio):
    async def story(world, ann, bob, eve):
        group = await world.supergroup(ann, bob, eve)

        async def listed(kind, by=ann, offset=0, limit=10, **more):
            page = await by.invoke("channels.getParticipants", channel=group, offset=offset, limit=limit,
                                   filter={"_": f"channelParticipants{kind}", **more})
            assert {u.id for u in page.users} >= {p.user_id for p in page.participants if p.user_id}
            return {p.user_id or p.peer: p._ for p in page.participants}, page.count

        everybody, count = await listed("Recent", by=bob)
        assert everybody == {ann.id: "channelParticipantCreator", bob.id: "channelParticipantSelf",
                             eve.id: "channelParticipant"} and count == 3
        pages = [await listed("Recent", offset=i, limit=1) for i in range(4)]
        assert set().union(*(page for page, _ in pages)) == everybody.keys()
        assert [len(page) for page, _ in pages] == [1, 1, 1, 0] and {count for _, count in pages} == {3}
        assert (await listed("Search", q=eve.user["first_name"][:2]))[0].keys() == {eve.id}
        assert (await listed("Contacts", by=eve))[0].keys() == {ann.id, bob.id}
        assert (await listed("Bots"))[0] == {}
        assert bob.id in (await listed("Mentions", by=eve, q=bob.user["first_name"]))[0]

        await ann.call("mute_member", peer=group, user=eve.id)
        assert (await listed("Banned"))[0] == {eve.id: "channelParticipantBanned"}
        await ann.call("kick_member", peer=group, user=eve.id)
        assert (await listed("Kicked"))[0] == {eve.id: "channelParticipantBanned"}
        assert (await listed("Banned"))[0] == {}
        assert (await listed("Admins", by=bob))[0] == {ann.id: "channelParticipantCreator"}
        for kind in ("Kicked", "Banned"):
            with refused("CHAT_ADMIN_REQUIRED"):
                await listed(kind, by=bob)
        with refused("USER_NOT_PARTICIPANT"):
            await ann.invoke("channels.getParticipant", channel=await world.supergroup(ann), participant=bob.id)

    trio(story)
