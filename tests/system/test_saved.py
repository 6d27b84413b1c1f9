"""Saved messages by where they were saved from, with the libraries that know of them."""

import pytest


@pytest.mark.parametrize("library", ["gramjs", "mtcute"])
def test_saved_messages_are_filed(scenario, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        bob = await world.person("telethon", "Bob")
        await world.friends(ann, bob)
        me, him = ann.user["id"], bob.user["id"]
        await ann.call("send", peer=me, text="a note")
        sent = await ann.call("send", peer=him, text="to keep")
        await ann.call("forward", peer=me, from_peer=him, ids=[sent["id"]])
        assert await ann.call("saved_dialogs") == [{"peer": him, "pinned": False}, {"peer": me, "pinned": False}]
        assert await ann.call("saved_history", peer=him) == ["to keep"]
        assert await ann.call("saved_history", peer=me) == ["a note"]
        assert await ann.call("pin_saved", peer=me) is True
        assert await ann.call("saved_dialogs") == [{"peer": me, "pinned": True}, {"peer": him, "pinned": False}]

    scenario(story)
