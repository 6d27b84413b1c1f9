"""Pinned messages: several, for both sides or for oneself, all of them gone at once."""

from conftest import refused


async def pinned(who, peer):
    found = await who.invoke("messages.search", peer=peer, filter={"_": "inputMessagesFilterPinned"}, limit=10)
    return [m.message for m in found.messages]


async def pin(who, peer, id, **options):
    await who.invoke("messages.updatePinnedMessage", peer=peer, id=id, **options)


def test_several_pins_and_none(trio):
    async def story(world, ann, bob, _):
        group = await world.supergroup(ann, bob)
        first, second, third = [(await ann.call("send", peer=group, text=text))["id"] for text in ("1st", "2nd", "3rd")]
        await pin(ann, group, first)
        seen = await bob.event("updatePinnedChannelMessages", channel_id=-1000000000000 - group)
        assert seen.messages == [first] and seen.pinned
        assert (await bob.notice("messageActionPinMessage", group)).reply_to.reply_to_msg_id == first
        await pin(ann, group, third, silent=True)
        await pin(ann, group, second, silent=True)
        assert await pinned(bob, group) == ["3rd", "2nd", "1st"]
        assert (await bob.full(group)).pinned_msg_id == third

        await pin(ann, group, third, unpin=True)
        assert await pinned(bob, group) == ["2nd", "1st"] and (await bob.full(group)).pinned_msg_id == second
        with refused("CHAT_NOT_MODIFIED"):
            await pin(ann, group, third, unpin=True)

        await ann.invoke("messages.editChatDefaultBannedRights", peer=group,
                         banned_rights={"_": "chatBannedRights", "pin_messages": True, "until_date": 0})
        for attempt in (pin(bob, group, third), bob.invoke("messages.unpinAllMessages", peer=group)):
            with refused("CHAT_ADMIN_REQUIRED"):
                await attempt
        bob.events.clear()
        await ann.invoke("messages.unpinAllMessages", peer=group)
        seen = await bob.event("updatePinnedChannelMessages", channel_id=-1000000000000 - group)
        assert set(seen.messages) == {first, second} and not seen.pinned
        assert await pinned(bob, group) == [] and not (await bob.full(group)).pinned_msg_id

    trio(story)


def test_for_both_or_for_oneself(trio):
    async def story(world, ann, bob, _):
        await ann.invoke("messages.unpinAllMessages", peer=bob.id)
        ours = (await ann.call("send", peer=bob.id, text="ours"))["id"]
        mine = (await ann.call("send", peer=bob.id, text="mine"))["id"]
        got = await bob.event("new_message", text="ours", peer=ann.id)
        await pin(ann, bob.id, ours)
        seen = await bob.event("updatePinnedMessages", peer=ann.id)
        assert seen.messages == [got["id"]] and seen.pinned
        await pin(ann, bob.id, mine, pm_oneside=True)
        assert await pinned(ann, bob.id) == ["mine", "ours"] and await pinned(bob, ann.id) == ["ours"]

    trio(story)


def test_in_a_basic_group(trio):
    async def story(world, ann, bob, eve):
        group = await world.group(ann, bob, eve)
        await ann.call("send", peer=group, text="keep this")
        got = await bob.event("new_message", peer=group, text="keep this")
        await pin(bob, group, got["id"])
        await eve.event("updatePinnedMessages", peer=group)
        assert await pinned(eve, group) == ["keep this"]
        await eve.invoke("messages.unpinAllMessages", peer=group)
        assert await pinned(ann, group) == []

    trio(story)
