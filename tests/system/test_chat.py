"""Two people chat, across libraries in all directions."""

import itertools

import pytest

from conftest import LIBRARIES, RpcError

PAIRS = list(itertools.product(LIBRARIES, LIBRARIES))


@pytest.mark.parametrize("a,b", PAIRS)
def test_two_people_chat(scenario, a, b):
    async def story(world):
        ann = await world.person(a, "Ann")
        bob = await world.person(b, "Bob")
        await world.friends(ann, bob)

        sent = await ann.call("send", peer=bob.user["id"], text="hello")
        assert sent["out"] and sent["text"] == "hello"
        got = await bob.event("new_message", text="hello")
        assert not got["out"] and got["peer"] == ann.user["id"]

        answer = await bob.call("send", peer=ann.user["id"], text="hello yourself", reply_to=got["id"])
        assert answer["reply_to"] == got["id"]
        back = await ann.event("new_message", text="hello yourself")
        assert back["reply_to"] == sent["id"], "the reply points at the message in the reader's own numbering"

        history = await ann.call("history", peer=bob.user["id"])
        assert [m["text"] for m in history][:2] == ["hello yourself", "hello"]

    scenario(story)


@pytest.mark.parametrize("a,b", PAIRS)
def test_edits_deletes_and_reads_are_seen_on_the_other_side(scenario, a, b):
    async def story(world):
        ann = await world.person(a, "Ann")
        bob = await world.person(b, "Bob")
        await world.friends(ann, bob)
        sent = await ann.call("send", peer=bob.user["id"], text="frist")
        got = await bob.event("new_message", text="frist")

        await bob.call("read", peer=ann.user["id"], max_id=got["id"])
        read = await ann.event("read_outbox", peer=bob.user["id"])
        assert read["max_id"] == sent["id"]

        edited = await ann.call("edit", peer=bob.user["id"], id=sent["id"], text="first")
        assert edited["edited"]
        assert (await bob.event("edit_message", text="first"))["id"] == got["id"]

        await ann.call("delete", peer=bob.user["id"], ids=[sent["id"]], revoke=True)
        assert (await bob.event("delete_messages"))["ids"] == [got["id"]]
        assert "first" not in [m["text"] for m in await bob.call("history", peer=ann.user["id"])]

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_two_devices_of_one_account_stay_the_same(scenario, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        bob = await world.person("telethon", "Bob")
        await world.friends(ann, bob)
        other = await world.client(library)
        hash = (await other.call("send_code", phone=ann.phone))["hash"]
        notice = await ann.event("new_message", peer=777000)
        code = "".join(c for c in notice["text"] if c.isdigit())[:5]
        await other.call("sign_in", phone=ann.phone, hash=hash, code=code)

        await ann.call("send", peer=bob.user["id"], text="from the first device")
        seen = await other.event("new_message", text="from the first device")
        assert seen["out"], "one's own message, seen on the other device"
        got = await bob.event("new_message", text="from the first device")
        await bob.call("send", peer=ann.user["id"], text="for both", reply_to=got["id"])
        for device in (ann, other):
            arrived = await device.event("new_message", text="for both")
            assert arrived["reply_to"] == seen["id"]
        await other.call("read", peer=bob.user["id"], max_id=arrived["id"])
        await ann.event("read_inbox", peer=bob.user["id"])

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_forward_search_draft_and_dialogs(scenario, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        bob = await world.person("mtcute", "Bob")
        await world.friends(ann, bob)
        me = ann.user["id"]
        first = await ann.call("send", peer=bob.user["id"], text="the heron stands still")
        await ann.call("send", peer=bob.user["id"], text="the river does not")
        forwarded = await ann.call("forward", peer=me, ids=[first["id"]], from_peer=bob.user["id"])
        assert forwarded[0]["text"] == "the heron stands still"
        assert forwarded[0]["forward"]["from"] == me
        plain = await ann.call("forward", peer=me, ids=[first["id"]], from_peer=bob.user["id"], drop_author=True)
        assert plain[0]["forward"] is None

        found = await ann.call("search", peer=bob.user["id"], query="heron")
        assert [m["text"] for m in found] == ["the heron stands still"]

        await ann.call("draft", peer=bob.user["id"], text="unfinished")
        dialogs = {d["peer"]: d for d in await ann.call("dialogs")}
        assert dialogs[bob.user["id"]]["draft"] == "unfinished"
        assert dialogs[bob.user["id"]]["top"]["text"] == "the river does not"
        theirs = {d["peer"]: d for d in await bob.call("dialogs")}
        assert theirs[me]["unread"] == 2

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_blocking_blocks(scenario, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        bob = await world.person("telethon", "Bob")
        await world.friends(ann, bob)
        await ann.call("block", peer=bob.user["id"])
        with pytest.raises(RpcError) as refused:
            await bob.call("send", peer=ann.user["id"], text="let me in")
        assert refused.value.kind in ("UserIsBlockedError", "YouBlockedUserError") or "BLOCKED" in refused.value.name
        await ann.call("unblock", peer=bob.user["id"])
        await bob.call("send", peer=ann.user["id"], text="thank you")
        await ann.event("new_message", text="thank you")

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_typing_and_presence_reach_the_other_side(scenario, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        bob = await world.person("telethon", "Bob")
        await world.friends(ann, bob)
        await ann.call("send", peer=bob.user["id"], text="are you there?")
        await bob.event("new_message")
        await ann.call("typing", peer=bob.user["id"])
        assert (await bob.event("typing"))["user"] == ann.user["id"]
        await ann.call("online", online=True)
        await bob.event("status", user=ann.user["id"], status="UserStatusOnline")

    scenario(story)


TRANSPORTS = [("gramjs", {"transport": "full"}), ("gramjs", {"transport": "abridged"}),
              ("gramjs", {"transport": "obfuscated"}), ("gramjs", {"websocket": True}),
              ("mtcute", {"transport": "intermediate"}), ("mtcute", {"transport": "padded"}),
              ("mtcute", {"transport": "obfuscated"}), ("mtcute", {"transport": "obfuscated_padded"}),
              ("mtcute", {"websocket": True}), ("mtcute", {"pfs": True}),
              ("telethon", {"transport": "full"}), ("telethon", {"transport": "abridged"}),
              ("telethon", {"transport": "intermediate"}), ("telethon", {"transport": "obfuscated"})]


@pytest.mark.parametrize("library,options", TRANSPORTS, ids=lambda v: v if isinstance(v, str) else "-".join(map(str, v.values())))
def test_every_transport_carries_a_sign_up_and_a_message(scenario, library, options):
    async def story(world):
        ann = await world.person(library, "Ann", **options)
        sent = await ann.call("send", peer=ann.user["id"], text="note to self")
        assert [m["text"] for m in await ann.call("history", peer=ann.user["id"])] == ["note to self"]
        assert sent["id"] > 0

    scenario(story)
