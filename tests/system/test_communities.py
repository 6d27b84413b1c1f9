"""Groups and channels, as three client libraries see them."""

import asyncio
import itertools

import pytest

from conftest import LIBRARIES, RpcError

# Telethon turns the names it knows into classes.
CLASSES = {
    "ChatAdminRequiredError": "CHAT_ADMIN_REQUIRED", "UserBannedInChannelError": "USER_BANNED_IN_CHANNEL",
    "ChatWriteForbiddenError": "CHAT_WRITE_FORBIDDEN", "ChannelPrivateError": "CHANNEL_PRIVATE",
    "MsgIdInvalidError": "MSG_ID_INVALID",
}


def name_of(refused):
    return CLASSES.get(refused.value.kind, refused.value.name)


PAIRS = [(a, b) for a, b in itertools.product(LIBRARIES, LIBRARIES) if a != b]


@pytest.mark.parametrize("a,b", PAIRS)
def test_a_group_of_three(scenario, a, b):
    async def story(world):
        ann = await world.person(a, "Ann")
        bob = await world.person(b, "Bob")
        eve = await world.person("telethon", "Eve")
        await world.friends(ann, bob)
        await world.friends(ann, eve)
        group = await ann.call("create_group", title="Friends", users=[bob.user["id"], eve.user["id"]])
        assert group["title"] == "Friends"
        await ann.call("send", peer=group["peer"], text="hello all")
        got = await bob.event("new_message", text="hello all")
        assert got["peer"] == group["peer"] and got["from"] == ann.user["id"]
        await eve.event("new_message", text="hello all")
        await bob.call("send", peer=got["peer"], text="hello Ann")
        await ann.event("new_message", text="hello Ann")
        await bob.call("leave", peer=group["peer"])
        await ann.call("send", peer=group["peer"], text="without Bob")
        await eve.event("new_message", text="without Bob")
        assert "without Bob" not in [m["text"] for m in await bob.call("history", peer=got["peer"])]

    scenario(story)


@pytest.mark.parametrize("a,b", PAIRS)
def test_a_channel_and_its_subscriber(scenario, a, b):
    async def story(world):
        ann = await world.person(a, "Ann")
        bob = await world.person(b, "Bob")
        name = f"news_{a}_{b}"
        channel = await world.public_channel(ann, name)
        joined = await bob.call("join", username=name)
        assert joined["title"] == "News"
        sent = await ann.call("send", peer=channel, text="it happened")
        got = await bob.event("new_message", text="it happened")
        assert got["id"] == sent["id"], "a post has one number for everybody"
        assert got["peer"] == channel
        with pytest.raises(RpcError) as refused:
            await bob.call("send", peer=channel, text="may I?")
        assert name_of(refused) == "CHAT_ADMIN_REQUIRED"
        await ann.call("edit", peer=channel, id=sent["id"], text="it has happened")
        assert (await bob.event("edit_message", text="it has happened"))["id"] == sent["id"]
        dialogs = {d["peer"]: d for d in await bob.call("dialogs")}
        assert dialogs[channel]["unread"] == 1
        await bob.call("read", peer=channel, max_id=sent["id"])
        dialogs = {d["peer"]: d for d in await bob.call("dialogs")}
        assert dialogs[channel]["unread"] == 0
        await ann.call("delete", peer=channel, ids=[sent["id"]])
        assert (await bob.event("delete_messages"))["ids"] == [sent["id"]]

    scenario(story)


@pytest.mark.parametrize("a,b", PAIRS)
def test_a_supergroup_with_rules(scenario, a, b):
    async def story(world):
        ann = await world.person(a, "Ann")
        bob = await world.person(b, "Bob")
        name = f"talk_{a}_{b}"
        group = await world.public_channel(ann, name, title="Talk", broadcast=False)
        await bob.call("join", username=name)
        sent = await bob.call("send", peer=group, text="hi")
        got = await ann.event("new_message", text="hi")
        assert got["from"] == bob.user["id"]
        members = await ann.call("participants", peer=group)
        assert {m["id"] for m in members} == {ann.user["id"], bob.user["id"]}
        await ann.call("mute_member", peer=group, user=bob.user["id"])
        with pytest.raises(RpcError) as refused:
            await bob.call("send", peer=group, text="still here")
        assert name_of(refused) in ("USER_BANNED_IN_CHANNEL", "CHAT_WRITE_FORBIDDEN")
        await ann.call("kick_member", peer=group, user=bob.user["id"])
        with pytest.raises(RpcError) as refused:
            await bob.call("history", peer=group)
        assert name_of(refused) == "CHANNEL_PRIVATE"
        assert sent["id"]

    scenario(story)


@pytest.mark.parametrize("library", ["mtcute", "telethon"])
def test_who_was_away_gets_the_posts_they_missed(scenario, library):
    async def story(world):
        ann = await world.person("telethon", "Ann")
        bob = await world.person(library, "Bob")
        name = f"away_{library}"
        channel = await world.public_channel(ann, name)
        await bob.call("join", username=name)
        await ann.call("send", peer=channel, text="seen live")
        await bob.event("new_message", text="seen live")
        await bob.call("disconnect")
        await ann.call("send", peer=channel, text="missed")
        await bob.call("reconnect")
        await bob.event("new_message", text="missed")

    scenario(story)


@pytest.mark.parametrize("a,b", PAIRS)
def test_a_link_into_a_private_channel(scenario, a, b):
    async def story(world):
        ann = await world.person(a, "Ann")
        bob = await world.person(b, "Bob")
        channel = await ann.call("create_channel", title="Secret", broadcast=True)
        link = (await ann.call("export_invite", peer=channel["peer"]))["link"]
        joined = await bob.call("join_link", hash=link.rsplit("/+", 1)[1])
        assert joined["title"] == "Secret"
        await ann.call("send", peer=channel["peer"], text="for your eyes only")
        assert (await bob.event("new_message", text="for your eyes only"))["peer"] == channel["peer"]

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_who_asks_is_let_in(scenario, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        bob = await world.person(library, "Bob")
        await world.friends(ann, bob)
        group = await ann.call("create_channel", title="Club", broadcast=False)
        link = (await ann.call("export_invite", peer=group["peer"], approve=True))["link"]
        assert (await bob.call("join_link", hash=link.rsplit("/+", 1)[1]))["waiting"]
        await ann.call("let_in", peer=group["peer"], user=bob.user["id"])
        members = await ann.call("participants", peer=group["peer"])
        assert {m["id"] for m in members} == {ann.user["id"], bob.user["id"]}

    scenario(story)


@pytest.mark.parametrize("a,b", PAIRS)
def test_a_thread_of_a_supergroup(scenario, a, b):
    async def story(world):
        ann = await world.person(a, "Ann")
        bob = await world.person(b, "Bob")
        name = f"thread_{a}_{b}"
        group = await world.public_channel(ann, name, title="Talk", broadcast=False)
        await bob.call("join", username=name)
        first = await ann.call("send", peer=group, text="question")
        answer = await bob.call("send", peer=group, text="answer", reply_to=first["id"])
        await bob.call("send", peer=group, text="beside it")
        await ann.call("send", peer=group, text="thanks", reply_to=answer["id"])
        for who in (ann, bob):
            thread = await who.call("thread", peer=group, id=first["id"])
            assert [m["text"] for m in thread] == ["thanks", "answer"]
        with pytest.raises(RpcError) as refused:
            await bob.call("thread", peer=group, id=first["id"] + 1000)
        assert name_of(refused) == "MSG_ID_INVALID"

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_views_outlive_a_restart(own_server, scenario, library):
    own_server.start()

    async def story(world):
        ann = await world.person("telethon", "Ann")
        bob = await world.person(library, "Bob")
        channel = await world.public_channel(ann, "seen_posts")
        await bob.call("join", username="seen_posts")
        post = (await ann.call("send", peer=channel, text="look"))["id"]
        assert await bob.call("seen", peer=channel, ids=[post]) == [2], "the author's and Bob's"
        assert await asyncio.to_thread(own_server.stop) == 0
        await asyncio.to_thread(own_server.start)
        # Who has seen what is forgotten, how often it was seen is not.
        assert await bob.call("seen", peer=channel, ids=[post]) == [3]

    scenario(story, own_server)
