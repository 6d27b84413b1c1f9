"""Reactions: counts, who, which are unread, which ones a chat takes, several by one person."""

from conftest import refused

LIKE, FIRE, HEART, PARTY = "\N{THUMBS UP SIGN}", "\N{FIRE}", "\N{HEAVY BLACK HEART}", "\N{PARTY POPPER}"


def emoji(*emoticons):
    return [{"_": "reactionEmoji", "emoticon": e} for e in emoticons]


async def react(who, peer, id, *emoticons):
    await who.invoke("messages.sendReaction", peer=peer, msg_id=id, reaction=emoji(*emoticons))


def counts(reactions):
    return {r.reaction.emoticon: r.count for r in reactions.results}


async def reactions_of(who, peer, id):
    """What a client asks for that has been away."""
    answer = await who.invoke("messages.getMessagesReactions", peer=peer, id=[id])
    return answer.updates[0].reactions


def test_reactions_are_counted_and_people_named(trio):
    async def story(world, ann, bob, eve):
        group = await world.supergroup(ann, bob, eve)
        post = (await ann.call("send", peer=group, text="Cake!"))["id"]
        await react(bob, group, post, LIKE)
        told = await ann.event("updateMessageReactions", peer=group, msg_id=post)
        assert counts(told.reactions) == {LIKE: 1}
        await react(eve, group, post, FIRE)
        await react(ann, group, post, LIKE)

        seen = await reactions_of(bob, group, post)
        assert counts(seen) == {LIKE: 2, FIRE: 1}
        assert [r.reaction.emoticon for r in seen.results if r.chosen_order is not None] == [LIKE], "Bob's own"
        first = await eve.invoke("messages.getMessageReactionsList", peer=group, id=post, limit=1)
        rest = await eve.invoke("messages.getMessageReactionsList", peer=group, id=post, limit=9,
                                offset=first.next_offset)
        assert first.count == 3 and rest.next_offset is None
        assert {r.peer_id: r.reaction.emoticon for r in first.reactions + rest.reactions} == {
            ann.id: LIKE, bob.id: LIKE, eve.id: FIRE}
        liked = await eve.invoke("messages.getMessageReactionsList", peer=group, id=post, limit=9,
                                 reaction=emoji(LIKE)[0])
        assert {r.peer_id for r in liked.reactions} == {ann.id, bob.id}

        await react(bob, group, post)
        assert counts(await reactions_of(eve, group, post)) == {LIKE: 1, FIRE: 1}, "Bob has taken his back"

    trio(story)


def test_an_author_sees_what_is_new(trio):
    async def story(world, ann, bob, eve):
        group = await world.supergroup(ann, bob, eve)
        post = (await ann.call("send", peer=group, text="Cake!"))["id"]
        await react(bob, group, post, HEART)
        assert (await ann.dialog(group)).unread_reactions_count == 1
        assert (await eve.dialog(group)).unread_reactions_count == 0
        unread = await ann.invoke("messages.getUnreadReactions", peer=group, limit=10)
        assert [m.id for m in unread.messages] == [post]
        [recent] = unread.messages[0].reactions.recent_reactions
        assert recent.unread and recent.peer_id == bob.id
        await ann.invoke("messages.readReactions", peer=group)
        assert (await ann.dialog(group)).unread_reactions_count == 0

    trio(story)


def test_one_person_reacts_with_several(trio):
    async def story(world, ann, bob, _):
        post = (await ann.call("send", peer=bob.id, text="Cake!"))["id"]
        got = await bob.event("new_message", peer=ann.id, text="Cake!")
        await react(bob, ann.id, got["id"], LIKE, FIRE, HEART)
        assert counts((await ann.event("updateMessageReactions", peer=bob.id, msg_id=post)).reactions) == {
            LIKE: 1, FIRE: 1, HEART: 1}
        with refused("REACTIONS_TOO_MANY"):
            await react(bob, ann.id, got["id"], LIKE, FIRE, HEART, PARTY)

    trio(story)


def test_a_chat_takes_some_reactions(trio):
    async def story(world, ann, bob, _):
        group = await world.supergroup(ann, bob)
        post = (await ann.call("send", peer=group, text="Cake!"))["id"]
        some = {"_": "chatReactionsSome", "reactions": emoji(LIKE)}
        with refused("CHAT_ADMIN_REQUIRED"):
            await bob.invoke("messages.setChatAvailableReactions", peer=group, available_reactions=some)
        await ann.invoke("messages.setChatAvailableReactions", peer=group, available_reactions=some)
        allowed = (await bob.full(group)).available_reactions
        assert [r.emoticon for r in allowed.reactions] == [LIKE]
        await react(bob, group, post, LIKE)
        with refused("REACTION_INVALID"):
            await react(bob, group, post, FIRE)
        await ann.invoke("messages.setChatAvailableReactions", peer=group,
                         available_reactions={"_": "chatReactionsNone"})
        with refused("REACTION_INVALID"):
            await react(ann, group, post, FIRE)

    trio(story)


def test_posts_of_channels_do_not_say_who(trio):
    async def story(world, ann, bob, _):
        channel = await world.channel(ann, bob)
        post = (await ann.call("send", peer=channel, text="Cake!"))["id"]
        await react(bob, channel, post, LIKE)
        seen = await reactions_of(ann, channel, post)
        assert counts(seen) == {LIKE: 1} and not seen.can_see_list and not seen.recent_reactions
        with refused("BROADCAST_FORBIDDEN"):
            await ann.invoke("messages.getMessageReactionsList", peer=channel, id=post, limit=9)

    trio(story)
