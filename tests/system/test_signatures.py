"""Who is said to have written: signatures of posts, anonymous administrators, titles."""


async def promote(who, peer, user, rank="", **rights):
    await who.invoke("channels.editAdmin", channel=peer, user_id=user.id, rank=rank,
                     admin_rights={"_": "chatAdminRights", **rights})


def test_posts_are_signed(trio):
    async def story(world, ann, bob, eve):
        channel = await world.channel(ann, bob, eve)
        await promote(ann, channel, bob, post_messages=True)
        await bob.call("send", peer=channel, text="unsigned")
        seen = await eve.event("updateNewChannelMessage", peer_id=channel, message="unsigned")
        assert seen.post and seen.from_id is None and seen.post_author is None
        await ann.invoke("channels.toggleSignatures", channel=channel, signatures_enabled=True)
        await bob.call("send", peer=channel, text="signed")
        seen = await eve.event("updateNewChannelMessage", peer_id=channel, message="signed")
        assert seen.post_author == bob.user["first_name"] and seen.from_id is None
        await ann.invoke("channels.toggleSignatures", channel=channel, signatures_enabled=True, profiles_enabled=True)
        await bob.call("send", peer=channel, text="with a face")
        seen = await eve.event("updateNewChannelMessage", peer_id=channel, message="with a face")
        assert seen.from_id == bob.id

    trio(story)


def test_an_administrator_without_a_name(trio):
    async def story(world, ann, bob, eve):
        group = await world.supergroup(ann, bob, eve)
        await promote(ann, group, bob, rank="Chief", anonymous=True, delete_messages=True)
        sent = await bob.call("send", peer=group, text="says the group")
        seen = await eve.event("updateNewChannelMessage", peer_id=group, message="says the group")
        assert seen.from_id == group and seen.post_author == "Chief" and sent["from"] == group
        await promote(ann, group, bob, rank="Chief", delete_messages=True)
        await bob.call("send", peer=group, text="says Bob")
        assert (await eve.event("updateNewChannelMessage", peer_id=group, message="says Bob")).from_id == bob.id
        [bobs] = [p for p in (await eve.invoke("channels.getParticipants", channel=group, limit=10,
                                               filter={"_": "channelParticipantsAdmins"})).participants
                  if p.user_id == bob.id]
        assert bobs._ == "channelParticipantAdmin" and bobs.rank == "Chief"

    trio(story)
