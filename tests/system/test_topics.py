"""Forums and their topics. The methods have two names: GramJS's layer has channels.*, Telethon's messages.* alone, and
mtcute's both."""

from conftest import refused

BLUE, PURPLE = 0x6FB9F0, 0xCB86DB


async def of_forum(who, method, peer, **arguments):
    """Calls the method by the name that the library's layer has for it."""
    if who.library == "gramjs":
        return await who.invoke(f"channels.{method}", channel=peer, **arguments)
    return await who.invoke(f"messages.{method}", peer=peer, **arguments)


async def make_forum(who, peer, enabled=True):
    tabs = {} if who.library == "gramjs" else {"tabs": False}
    await who.invoke("channels.toggleForum", channel=peer, enabled=enabled, **tabs)


async def forum(world, ann, *members):
    peer = await world.supergroup(ann, *members, title="Forum")
    await make_forum(ann, peer)
    for who in (ann, *members):
        who.events.clear()
    return peer


def service(updates):
    return next(u.message for u in updates.updates if u._ == "updateNewChannelMessage")


async def create(who, peer, title, color=BLUE):
    made = service(await of_forum(who, "createForumTopic", peer, title=title, icon_color=color))
    assert made.action._ == "messageActionTopicCreate" and made.action.title == title
    return made.id


async def edit(who, peer, topic, **changes):
    return service(await of_forum(who, "editForumTopic", peer, topic_id=topic, **changes)).action


async def topics(who, peer, **range):
    return await of_forum(who, "getForumTopics", peer, **{"limit": 100, **range})


async def by_id(who, peer, *ids):
    return (await of_forum(who, "getForumTopicsByID", peer, topics=list(ids))).topics


async def titles(who, peer, **range):
    return [t.title for t in (await topics(who, peer, **range)).topics]


async def texts_in(who, peer, topic):
    return [m["text"] for m in await who.call("thread", peer=peer, id=topic) if m["text"]]


def to_topic(topic):
    return {"_": "inputReplyToMessage", "reply_to_msg_id": topic, "top_msg_id": topic}


def test_people_talk_in_topics(trio):
    async def story(world, ann, bob, _):
        peer = await forum(world, ann, bob)
        cars = await create(ann, peer, "Cars", PURPLE)
        begun = await bob.notice("messageActionTopicCreate", peer)
        assert begun.id == cars and begun.action.icon_color == PURPLE
        first = await ann.call("send", peer=peer, text="red ones", reply_to=cars)
        heard = (await bob.event("updateNewChannelMessage", message="red ones")).reply_to
        assert heard.forum_topic and heard.reply_to_msg_id == cars and not heard.reply_to_top_id
        answer = await bob.call("send", peer=peer, text="blue ones", reply_to=first["id"])
        heard = (await ann.event("updateNewChannelMessage", id=answer["id"])).reply_to
        assert heard.forum_topic and heard.reply_to_msg_id == first["id"] and heard.reply_to_top_id == cars
        plain = await bob.call("send", peer=peer, text="in general")
        assert (await ann.event("updateNewChannelMessage", id=plain["id"])).reply_to is None

        for who in (ann, bob):
            assert await texts_in(who, peer, cars) == ["blue ones", "red ones"]
            assert await texts_in(who, peer, 1) == ["in general"]
        page = await topics(bob, peer)
        assert page.count == 2 and [t.title for t in page.topics] == ["General", "Cars"]
        assert [m.message for m in page.messages] == ["in general", "blue ones"]
        shown = page.topics[1]
        assert (shown.icon_color, shown.from_id, shown.top_message) == (PURPLE, ann.id, answer["id"])
        assert not shown.my and (await topics(ann, peer, q="car")).topics[0].my
        found = await bob.invoke("messages.search", peer=peer, q="ones", top_msg_id=cars, limit=10,
                                 filter={"_": "inputMessagesFilterEmpty"})
        assert [m.id for m in found.messages] == [answer["id"], first["id"]]

    trio(story)


def test_topics_come_in_pages(trio):
    async def story(world, ann, *_):
        peer = await forum(world, ann)
        for title in ("one", "two", "three"):
            await create(ann, peer, title)
        page = await topics(ann, peer, limit=2)
        assert page.count == 4
        seen = []
        while page.topics:
            seen += [t.title for t in page.topics]
            last, top = page.topics[-1], page.messages[-1]
            assert top.id == last.top_message
            page = await topics(ann, peer, limit=2, offset_date=top.date, offset_id=top.id, offset_topic=last.id)
        assert seen == ["three", "two", "one", "General"]

    trio(story)


def test_each_topic_is_read_on_its_own(trio):
    async def story(world, ann, bob, _):
        peer = await forum(world, ann, bob)
        cars, boats = await create(ann, peer, "Cars"), await create(ann, peer, "Boats")
        await ann.call("send", peer=peer, text="one", reply_to=cars)
        two = await ann.call("send", peer=peer, text="two", reply_to=cars)
        await ann.call("send", peer=peer, text="three", reply_to=boats)

        async def unread():
            return [t.unread_count for t in await by_id(bob, peer, cars, boats)]

        assert await unread() == [3, 2], "with the messages that began them"
        await bob.call("read_discussion", peer=peer, id=cars, max_id=two["id"])
        assert await unread() == [0, 2]
        told = await ann.event("updateReadChannelDiscussionOutbox", top_msg_id=cars)
        assert told.read_max_id == two["id"]
        assert (await by_id(ann, peer, cars))[0].read_outbox_max_id == two["id"]
        [general] = await by_id(bob, peer, 1)
        assert general.unread_count == 1, "that he was brought in"
        assert (await bob.dialog(peer)).unread_count == 3, "all of it"

        mine = await bob.call("send", peer=peer, text="mine", reply_to=boats)
        yours = await ann.call("send", peer=peer, text="yours", reply_to=mine["id"])
        assert [t.unread_mentions_count for t in await by_id(bob, peer, cars, boats)] == [0, 1]
        for topic, ids in ((cars, []), (boats, [yours["id"]])):
            found = await bob.invoke("messages.getUnreadMentions", peer=peer, top_msg_id=topic, limit=10)
            assert [m.id for m in found.messages] == ids
        await bob.invoke("messages.readMentions", peer=peer, top_msg_id=boats)
        assert [t.unread_mentions_count for t in await by_id(bob, peer, boats)] == [0]

    trio(story)


def test_a_closed_topic(trio):
    async def story(world, ann, bob, eve):
        peer = await forum(world, ann, bob, eve)
        cars = await create(bob, peer, "Cars")
        said = await edit(bob, peer, cars, title="Fast cars")
        assert said.title == "Fast cars" and said.closed is None and said.hidden is None
        edited = await eve.notice("messageActionTopicEdit", peer)
        assert edited.reply_to.forum_topic and edited.reply_to.reply_to_msg_id == cars
        with refused("CHAT_ADMIN_REQUIRED"):
            await edit(eve, peer, cars, closed=True)
        assert (await edit(bob, peer, cars, closed=True)).closed is True
        with refused("TOPIC_NOT_MODIFIED"):
            await edit(ann, peer, cars, closed=True)
        with refused("TOPIC_CLOSED"):
            await eve.call("send", peer=peer, text="me?", reply_to=cars)
        await bob.call("send", peer=peer, text="mine", reply_to=cars)
        await ann.call("send", peer=peer, text="the end", reply_to=cars)
        assert await texts_in(eve, peer, cars) == ["the end", "mine"]
        await ann.invoke("messages.editChatDefaultBannedRights", peer=peer,
                         banned_rights={"_": "chatBannedRights", "manage_topics": True, "until_date": 0})
        with refused("CHAT_ADMIN_REQUIRED"):
            await create(eve, peer, "Boats")
        with refused("TOPIC_TITLE_EMPTY"):
            await create(ann, peer, " ")

    trio(story)


def test_pinned_topics_come_first(trio):
    async def story(world, ann, bob, _):
        peer = await forum(world, ann, bob)
        ids = [await create(ann, peer, title) for title in ("a", "b", "c", "d", "e", "f")]

        async def pin(who, topic, pinned=True):
            return await of_forum(who, "updatePinnedForumTopic", peer, topic_id=topic, pinned=pinned)

        def heard(kind):
            return ("updateChannelPinnedTopic" if bob.library == "gramjs" else "updatePinnedForumTopic") + kind

        await pin(ann, ids[0])
        told = await bob.event(heard(""), topic_id=ids[0])
        assert told.pinned
        await pin(ann, ids[1])
        await of_forum(ann, "reorderPinnedForumTopics", peer, force=True, order=[ids[0], ids[1]])
        assert (await bob.event(heard("s"))).order == [ids[0], ids[1]]
        assert await titles(bob, peer) == ["a", "b", "f", "e", "d", "c", "General"]
        with refused("CHAT_ADMIN_REQUIRED"):
            await pin(bob, ids[0], False)
        for topic in ids[2:5]:
            await pin(ann, topic)
        with refused("PINNED_TOO_MUCH"):
            await pin(ann, ids[5])
        await pin(ann, ids[4], False)
        assert await titles(bob, peer) == ["d", "c", "a", "b", "f", "e", "General"]

    trio(story)


def test_a_topic_ends_with_all_in_it(trio):
    async def story(world, ann, bob, _):
        peer = await forum(world, ann, bob)
        cars, boats = await create(bob, peer, "Cars"), await create(ann, peer, "Boats")
        await ann.call("send", peer=peer, text="red ones", reply_to=cars)
        with refused("CHAT_WRITE_FORBIDDEN"):
            await of_forum(bob, "deleteTopicHistory", peer, top_msg_id=cars)
        with refused("TOPIC_ID_INVALID"):
            await of_forum(ann, "deleteTopicHistory", peer, top_msg_id=1)
        with refused("MESSAGE_DELETE_FORBIDDEN"):
            await ann.invoke("channels.deleteMessages", channel=peer, id=[cars])
        answer = await of_forum(ann, "deleteTopicHistory", peer, top_msg_id=cars)
        assert answer.pts_count == 2 and answer.offset == 0
        assert cars in (await bob.event("updateDeleteChannelMessages")).messages
        with refused("TOPIC_DELETED"):
            await bob.call("send", peer=peer, text="hello?", reply_to=cars)
        gone, there = await by_id(bob, peer, cars, boats)
        assert gone._ == "forumTopicDeleted" and gone.id == cars and there.title == "Boats"
        assert await titles(bob, peer) == ["Boats", "General"]
        log = await ann.invoke("channels.getAdminLog", channel=peer, limit=10,
                               events_filter={"_": "channelAdminLogEventsFilter", "forums": True})
        assert [e.action._.removeprefix("channelAdminLogEventAction") for e in log.events] == [
            "DeleteTopic", "CreateTopic", "CreateTopic", "ToggleForum"]

    trio(story)


def test_general_is_hidden_and_topics_turned_off(trio):
    async def story(world, ann, bob, _):
        peer = await forum(world, ann, bob)
        said = await edit(ann, peer, 1, hidden=True)
        assert said.hidden is True and said.closed is True
        [general] = await by_id(bob, peer, 1)
        assert general.hidden and general.closed
        with refused("TOPIC_CLOSED"):
            await bob.call("send", peer=peer, text="hello?")
        await edit(ann, peer, 1, closed=False)
        await bob.call("send", peer=peer, text="hello")
        cars = await create(ann, peer, "Cars")
        await ann.call("send", peer=peer, text="red ones", reply_to=cars)
        with refused("NOGENERAL_HIDE_FORBIDDEN"):
            await edit(ann, peer, cars, hidden=True)
        with refused("CHAT_ADMIN_REQUIRED"):
            await make_forum(bob, peer, False)

        await make_forum(ann, peer, False)
        with refused("CHANNEL_FORUM_MISSING"):
            await topics(ann, peer)
        texts = [m["text"] for m in await bob.call("history", peer=peer)]
        assert [t for t in texts if t] == ["red ones", "hello"]
        await make_forum(ann, peer)
        assert await titles(ann, peer) == ["Cars", "General"]
        [chat] = (await bob.invoke("channels.getChannels", id=[peer])).chats
        assert chat.forum

    trio(story)


def test_what_an_account_keeps_about_a_topic(trio):
    async def story(world, ann, bob, _):
        peer = await forum(world, ann, bob)
        cars = await create(ann, peer, "Cars")
        await ann.invoke("messages.saveDraft", peer=peer, message="I think", reply_to=to_topic(cars))
        await ann.invoke("account.updateNotifySettings",
                         peer={"_": "inputNotifyForumTopic", "peer": peer, "top_msg_id": cars},
                         settings={"_": "inputPeerNotifySettings", "mute_until": 2_000_000_000})
        [mine], [his] = await by_id(ann, peer, cars), await by_id(bob, peer, cars)
        assert mine.draft.message == "I think" and mine.notify_settings.mute_until == 2_000_000_000
        assert his.draft is None and not his.notify_settings.mute_until
        drafts = await ann.invoke("messages.getAllDrafts")
        assert [(d.top_msg_id, d.draft.message) for d in drafts.updates if d.peer == peer] == [(cars, "I think")]
        await ann.invoke("messages.sendMessage", peer=peer, message="I think so", clear_draft=True,
                         reply_to=to_topic(cars))
        assert (await by_id(ann, peer, cars))[0].draft is None

        await ann.invoke("channels.toggleViewForumAsMessages", channel=peer, enabled=True)
        assert (await ann.full(peer)).view_forum_as_messages and (await ann.dialog(peer)).view_forum_as_messages
        assert not (await bob.full(peer)).view_forum_as_messages

    trio(story)


def test_forwards_pins_and_typing_in_a_topic(trio):
    async def story(world, ann, bob, _):
        peer = await forum(world, ann, bob)
        cars = await create(ann, peer, "Cars")
        await bob.invoke("messages.setTyping", peer=peer, top_msg_id=cars, action={"_": "sendMessageTypingAction"})
        assert (await ann.event("updateChannelUserTyping", from_id=bob.id)).top_msg_id == cars
        ids = [(await bob.call("send", peer=peer, text=text))["id"] for text in ("one", "two")]
        await bob.invoke("messages.forwardMessages", from_peer=peer, to_peer=peer, id=ids, top_msg_id=cars)
        assert await texts_in(ann, peer, cars) == ["two", "one"]
        there = (await ann.call("thread", peer=peer, id=cars))[0]["id"]
        for id in (ids[0], there):
            await ann.invoke("messages.updatePinnedMessage", peer=peer, id=id)
            await bob.event("updatePinnedChannelMessages", messages=[id])
        bob.events.clear()
        await ann.invoke("messages.unpinAllMessages", peer=peer, top_msg_id=cars)
        gone = await bob.event("updatePinnedChannelMessages")
        assert gone.messages == [there] and not gone.pinned

    trio(story)
