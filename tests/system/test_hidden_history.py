"""History for new members: what was said before somebody joined, where it is hidden and where it is not."""

from conftest import refused
from test_basic_groups import texts


async def hide(who, group, enabled=True):
    await who.invoke("channels.togglePreHistoryHidden", channel=group, enabled=enabled)


async def join(who, group, by):
    """Brought in by somebody, the newcomer hears of it."""
    await by.invoke("channels.inviteToChannel", channel=group, users=[who.id])
    await who.event("updateChannel", channel_id=-1000000000000 - group)


async def found(who, group, kind="Empty", **more):
    page = await who.invoke("messages.search", peer=group, limit=10, filter={"_": f"inputMessagesFilter{kind}"}, **more)
    return [m.message for m in page.messages]


async def by_id(who, group, *ids):
    asked = [{"_": "inputMessageID", "id": id} for id in ids]
    return [m.message for m in (await who.invoke("channels.getMessages", channel=group, id=asked)).messages]


def test_it_is_hidden(trio):
    async def story(world, ann, bob, eve):
        group = await world.supergroup(ann, bob)
        for attempt, error in ((hide(bob, group), "CHAT_ADMIN_REQUIRED"),
                               (hide(ann, await world.channel(ann)), "CHANNEL_INVALID")):
            with refused(error):
                await attempt
        await hide(ann, group)
        with refused("CHAT_NOT_MODIFIED"):
            await hide(ann, group)
        assert (await bob.full(group)).hidden_prehistory
        before = (await ann.call("send", peer=group, text="a heron before"))["id"]
        await bob.event("new_message", peer=group, text="a heron before")
        await ann.invoke("messages.updatePinnedMessage", peer=group, id=before, silent=True)
        await join(eve, group, by=ann)
        after = (await ann.call("send", peer=group, text="a heron after"))["id"]
        await eve.event("new_message", peer=group, text="a heron after")

        assert await texts(eve, group) == await found(eve, group, q="heron") == ["a heron after"]
        assert await by_id(eve, group, before, after) == [None, "a heron after"]
        assert await found(eve, group, "Pinned") == []
        assert before <= (await eve.full(group)).available_min_id < after
        with refused("REPLY_MESSAGE_ID_INVALID|MESSAGE_ID_INVALID"):
            await eve.call("send", peer=group, text="indeed", reply_to=before)
        with refused("MESSAGE_ID_INVALID|MESSAGE_IDS_EMPTY"):
            await eve.invoke("messages.forwardMessages", from_peer=group, id=[before], to_peer=bob.id)

        # Those who were there, and everybody who comes once it is shown, see it all.
        assert await found(bob, group, q="heron") == ["a heron after", "a heron before"]
        assert await found(bob, group, "Pinned") == ["a heron before"]
        await hide(ann, group, False)
        await eve.call("leave", peer=group)
        await join(eve, group, by=ann)
        assert await texts(eve, group) == ["a heron after", "a heron before"]
        assert await by_id(eve, group, before) == await found(eve, group, "Pinned") == ["a heron before"]
        assert (await eve.full(group)).pinned_msg_id == before

    trio(story)


async def with_a_secret(world, ann, bob, eve):
    """A group in which Ann has pinned what Eve, who came later, does not see; and its number."""
    group = await world.supergroup(ann, bob)
    await hide(ann, group)
    secret = (await ann.call("send", peer=group, text="a secret"))["id"]
    await ann.invoke("messages.updatePinnedMessage", peer=group, id=secret, silent=True)
    await join(eve, group, by=ann)
    return group, secret


def test_what_was_pinned_before_is_not_named(trio):
    async def story(world, ann, bob, eve):
        group, secret = await with_a_secret(world, ann, bob, eve)
        assert (await bob.full(group)).pinned_msg_id == secret
        assert not (await eve.full(group)).pinned_msg_id
        said = (await ann.call("send", peer=group, text="welcome"))["id"]
        await ann.invoke("messages.updatePinnedMessage", peer=group, id=said, silent=True)
        assert (await eve.full(group)).pinned_msg_id == said

    trio(story)


def test_edits_go_to_those_who_see_the_message(trio):
    async def story(world, ann, bob, eve):
        group, secret = await with_a_secret(world, ann, bob, eve)
        await ann.call("edit", peer=group, id=secret, text="another secret")
        await bob.event("updateEditChannelMessage", message="another secret")
        await ann.call("send", peer=group, text="hello")
        await eve.event("new_message", peer=group, text="hello")
        assert "secret" not in str(eve.events)
        missed = await eve.invoke("updates.getChannelDifference", channel=group, pts=1, limit=100,
                                  filter={"_": "channelMessagesFilterEmpty"})
        assert "hello" in str(missed) and "secret" not in str(missed)

    trio(story)


def test_what_is_hidden_is_not_the_last_message(trio):
    async def story(world, ann, bob, eve):
        group, secret = await with_a_secret(world, ann, bob, eve)
        visible = [m["id"] for m in await ann.call("history", peer=group) if m["id"] > secret]
        await ann.call("delete", peer=group, ids=visible)  # also that Eve came
        assert await texts(bob, group) == ["a secret"] and await texts(eve, group) == []
        shown = await eve.invoke("messages.getPeerDialogs", peers=[{"_": "inputDialogPeer", "peer": group}])
        assert [d.peer for d in shown.dialogs] == [group] and "a secret" not in str(shown.messages)

    trio(story)


def test_it_is_not_hidden_from_members_where_others_read_it(trio):
    async def story(world, ann, bob, _):
        name = f"herons_of_{ann.library}"
        public = await world.public_channel(ann, name, title="Herons", broadcast=False)
        discussion = await world.supergroup(ann, title="On herons")
        await ann.call("link_discussion", peer=await world.channel(ann), group=discussion)
        before = (await ann.call("send", peer=public, text="a heron"))["id"]
        for group in (public, discussion):
            with refused("CHAT_LINK_EXISTS"):
                await hide(ann, group)
        await bob.call("join", username=name)
        assert await texts(bob, public) == ["a heron"] and await by_id(bob, public, before) == ["a heron"]

    trio(story)
