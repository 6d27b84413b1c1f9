"""Comments under the posts of channels, as three client libraries see and write them."""

import itertools

import pytest

from conftest import LIBRARIES, RpcError, refused

# Telethon turns the names it knows into classes.
CLASSES = {"SendAsPeerInvalidError": "SEND_AS_PEER_INVALID"}

PAIRS = [(a, b) for a, b in itertools.product(LIBRARIES, LIBRARIES) if a != b]


async def discussed(world, owner, name):
    """A public channel and the private group in which it is discussed."""
    channel = await world.public_channel(owner, name)
    group = (await owner.call("create_channel", title="Talk", broadcast=False))["peer"]
    await owner.call("link_discussion", peer=channel, group=group)
    return channel, group


@pytest.mark.parametrize("a,b", PAIRS)
def test_a_post_is_commented_on(scenario, a, b):
    async def story(world):
        ann = await world.person(a, "Ann")
        bob = await world.person(b, "Bob")
        name = f"told_{a}_{b}"
        channel, group = await discussed(world, ann, name)
        await bob.call("join", username=name)
        post = await ann.call("send", peer=channel, text="it happened")
        # Ann is in the group, where the post comes as the channel's.
        copy = await ann.event("new_message", text="it happened", peer=group)
        assert copy["from"] == channel and copy["pinned"] and not copy["out"]
        assert copy["saved_from"] == {"peer": channel, "id": post["id"]}
        # Bob is not, and is told where the comments are.
        got = await bob.event("new_message", text="it happened")
        assert got["replies"]["comments"] and got["replies"]["group"] == group and got["replies"]["count"] == 0
        written = await bob.call("comment", peer=channel, post=post["id"], text="really?")
        assert written["peer"] == group and written["reply_to"] == copy["id"]
        heard = await ann.event("new_message", text="really?")
        assert heard["from"] == bob.user["id"]
        await ann.call("send", peer=group, text="yes", reply_to=heard["id"])
        for who in (ann, bob):
            assert [m["text"] for m in await who.call("thread", peer=channel, id=post["id"])] == ["yes", "really?"]
        shown = {m["id"]: m for m in await bob.call("history", peer=channel)}[post["id"]]["replies"]
        assert shown["count"] == 2 and shown["recent"] == [ann.user["id"], bob.user["id"]]
        assert await bob.call("comment_counts", peer=channel, ids=[post["id"]]) == [2]
        link = await ann.call("message_link", peer=group, id=heard["id"])
        assert link.endswith(f"/{name}/{post['id']}?comment={heard['id']}")

    scenario(story)


@pytest.mark.parametrize("a,b", PAIRS)
def test_comments_are_read(scenario, a, b):
    async def story(world):
        ann = await world.person(a, "Ann")
        bob = await world.person(b, "Bob")
        name = f"read_{a}_{b}"
        channel, group = await discussed(world, ann, name)
        await bob.call("join", username=name)
        post = await ann.call("send", peer=channel, text="story")
        await bob.event("new_message", text="story")
        first = await bob.call("comment", peer=channel, post=post["id"], text="one")
        await bob.call("comment", peer=channel, post=post["id"], text="two")
        found = await ann.call("discussion", peer=channel, id=post["id"])
        assert found["unread"] == 2 and found["first"][0]["text"] == "story"
        assert found["first"][0]["peer"] == group
        await ann.call("read_discussion", peer=channel, id=post["id"], max_id=first["id"])
        read = await ann.event("read_discussion", max_id=first["id"])
        assert read["group"] == group and read["post"] == post["id"]
        assert (await bob.event("comments_read"))["max_id"] == first["id"]
        found = await ann.call("discussion", peer=channel, id=post["id"])
        assert found["unread"] == 1 and found["read_inbox"] == first["id"]
        assert (await bob.call("discussion", peer=channel, id=post["id"]))["read_outbox"] == first["id"]

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_what_becomes_of_a_post_becomes_of_its_copy(scenario, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        channel, group = await discussed(world, ann, f"copy_{library}")
        post = await ann.call("send", peer=channel, text="stroy")
        copy = await ann.event("new_message", text="stroy", peer=group)
        await ann.call("edit", peer=channel, id=post["id"], text="story")
        assert (await ann.event("edit_message", text="story", peer=group))["id"] == copy["id"]
        await ann.call("delete", peer=channel, ids=[post["id"]])
        assert (await ann.event("delete_messages"))["ids"] == [copy["id"]]
        assert "story" not in [m["text"] for m in await ann.call("history", peer=group)]
        with pytest.raises(RpcError):
            await ann.call("discussion", peer=channel, id=post["id"])

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_an_answer_to_a_post_is_one_in_the_group(scenario, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        channel, group = await discussed(world, ann, f"answer_{library}")
        early = await ann.call("send", peer=channel, text="first")
        first = await ann.event("new_message", text="first", peer=group)
        await ann.call("send", peer=channel, text="more of it", reply_to=early["id"])
        more = await ann.event("new_message", text="more of it", peer=group)
        assert more["reply_to"] == first["id"]
        # It begins a thread of its own, and is no comment on what it answers.
        assert await ann.call("comment_counts", peer=channel, ids=[early["id"]]) == [0]
        # Of a post whose copy has gone nothing can be said.
        await ann.call("delete", peer=group, ids=[first["id"]])
        await ann.call("send", peer=channel, text="the rest", reply_to=early["id"])
        assert not (await ann.event("new_message", text="the rest", peer=group))["reply_to"]

    scenario(story)


@pytest.mark.parametrize("a,b", PAIRS)
def test_the_owner_answers_as_the_channel(scenario, a, b):
    async def story(world):
        ann = await world.person(a, "Ann")
        bob = await world.person(b, "Bob")
        name = f"voice_{a}_{b}"
        talk = await world.public_channel(ann, name, title="Talk", broadcast=False)
        channel = await world.public_channel(ann, f"own_{a}_{b}")
        await bob.call("join", username=name)
        assert await ann.call("send_as_peers", peer=talk) == [ann.user["id"], channel]
        assert await bob.call("send_as_peers", peer=talk) == [bob.user["id"]]
        sent = await ann.call("send_as", peer=talk, author=channel, text="says the channel")
        assert sent["from"] == channel and sent["out"]
        heard = await bob.event("new_message", text="says the channel")
        assert heard["from"] == channel and not heard["out"]
        await ann.call("save_send_as", peer=talk, author=channel)
        await ann.call("send", peer=talk, text="says it again")
        assert (await bob.event("new_message", text="says it again"))["from"] == channel
        await bob.call("join", username=f"own_{a}_{b}")
        with pytest.raises(RpcError) as caught:
            await bob.call("send_as", peer=talk, author=channel, text="so do I")
        assert CLASSES.get(caught.value.kind, caught.value.name) == "SEND_AS_PEER_INVALID"

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_channel_is_banned_from_a_group(scenario, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        bob = await world.person(library, "Bob")
        talk = await world.public_channel(ann, f"guarded_{library}", title="Talk", broadcast=False)
        await bob.call("join", username=f"guarded_{library}")
        loud = await world.public_channel(bob, f"loud_{library}")
        calm = await world.public_channel(bob, f"calm_{library}")
        await ann.call("join", username=f"loud_{library}")
        for author, text in ((loud, "BUY"), (loud, "BUY NOW"), (calm, "hello")):
            await bob.call("send_as", peer=talk, author=author, text=text)
        await bob.call("send", peer=talk, text="I am Bob")

        # Who writes as a channel is not found out by a search for what somebody has written.
        page = await ann.invoke("messages.search", peer=talk, from_id=bob.id, q="", limit=50,
                                filter={"_": "inputMessagesFilterEmpty"})
        assert "I am Bob" in {m.message for m in page.messages if m._ == "message"}
        assert not {"BUY", "BUY NOW", "hello"} & {m.message for m in page.messages if m._ == "message"}

        rights = {"_": "chatBannedRights", "until_date": 0, "view_messages": True}
        with refused("CHAT_ADMIN_REQUIRED"):
            await bob.invoke("channels.editBanned", channel=talk, participant=calm, banned_rights=rights)
        await ann.invoke("channels.editBanned", channel=talk, participant=loud, banned_rights=rights)
        for author in (loud, calm):
            with refused("SEND_AS_PEER_INVALID"):
                await bob.call("send_as", peer=talk, author=author, text="again")
        assert await bob.call("send_as_peers", peer=talk) == [bob.user["id"]]
        kicked = await ann.invoke("channels.getParticipants", channel=talk, offset=0, limit=10, hash=0,
                                  filter={"_": "channelParticipantsKicked", "q": ""})
        [ban] = kicked.participants
        assert ban._ == "channelParticipantBanned" and ban.kicked_by == ann.id and ban.banned_rights.view_messages
        assert ban.peer == loud and kicked.count == 1
        log = await ann.invoke("channels.getAdminLog", channel=talk, q="", max_id=0, min_id=0, limit=5)
        act = log.events[0].action
        assert act._ == "channelAdminLogEventActionParticipantToggleBan"
        assert (act.prev_participant._, act.new_participant._) == ("channelParticipantLeft", "channelParticipantBanned")

        await ann.invoke("channels.deleteParticipantHistory", channel=talk, participant=loud)
        left = [m["text"] for m in await ann.call("history", peer=talk) if m["text"]]
        assert left == ["I am Bob", "hello"]
        await ann.invoke("channels.editBanned", channel=talk, participant=loud,
                         banned_rights={"_": "chatBannedRights", "until_date": 0})
        assert (await bob.call("send_as", peer=talk, author=calm, text="again"))["from"] == calm

    scenario(story)


@pytest.mark.parametrize("a,b", PAIRS)
def test_who_has_read_it(scenario, a, b):
    async def story(world):
        ann = await world.person(a, "Ann")
        bob = await world.person(b, "Bob")
        name = f"seen_{a}_{b}"
        talk = await world.public_channel(ann, name, title="Talk", broadcast=False)
        await bob.call("join", username=name)
        sent = await ann.call("send", peer=talk, text="look")
        await bob.event("new_message", text="look")
        assert await ann.call("who_read", peer=talk, id=sent["id"]) == []
        await bob.call("read", peer=talk, max_id=sent["id"])
        assert await ann.call("who_read", peer=talk, id=sent["id"]) == [bob.user["id"]]

    scenario(story)
