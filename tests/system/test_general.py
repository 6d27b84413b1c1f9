"""The General topic of a forum: what is answered there is a thread within it."""

from test_topics import forum, make_forum, texts_in


def test_answers_in_general_are_threads(trio):
    async def story(world, ann, bob, _):
        peer = await forum(world, ann, bob)
        question = await ann.call("send", peer=peer, text="who comes?")
        await bob.event("updateNewChannelMessage", message="who comes?")
        answer = await bob.call("send", peer=peer, text="I do", reply_to=question["id"])
        heard = (await ann.event("updateNewChannelMessage", id=answer["id"])).reply_to
        assert not heard.forum_topic and heard.reply_to_msg_id == question["id"] and not heard.reply_to_top_id
        further = await ann.call("send", peer=peer, text="good", reply_to=answer["id"])
        heard = (await bob.event("updateNewChannelMessage", id=further["id"])).reply_to
        assert not heard.forum_topic
        assert (heard.reply_to_msg_id, heard.reply_to_top_id) == (answer["id"], question["id"])
        await bob.call("send", peer=peer, text="beside it")

        for who in (ann, bob):
            assert await texts_in(who, peer, question["id"]) == ["good", "I do"]
            assert await texts_in(who, peer, 1) == ["beside it", "good", "I do", "who comes?"]
            shown = {m["id"]: m for m in await who.call("history", peer=peer)}
            assert shown[question["id"]]["replies"]["count"] == 2
        found = await bob.invoke("messages.search", peer=peer, q="good", top_msg_id=question["id"], limit=10,
                                 filter={"_": "inputMessagesFilterEmpty"})
        assert [m.id for m in found.messages] == [further["id"]]
        await ann.call("delete", peer=peer, ids=[further["id"]])
        shown = {m["id"]: m for m in await bob.call("history", peer=peer)}
        assert shown[question["id"]]["replies"]["count"] == 1

    trio(story)


def test_threads_outlive_the_forum(trio):
    async def story(world, ann, bob, _):
        peer = await world.supergroup(ann, bob)
        question = await ann.call("send", peer=peer, text="who comes?")
        await bob.event("updateNewChannelMessage", message="who comes?")
        await bob.call("send", peer=peer, text="I do", reply_to=question["id"])
        await make_forum(ann, peer)
        assert await texts_in(bob, peer, question["id"]) == ["I do"]
        assert await texts_in(bob, peer, 1) == ["I do", "who comes?"]
        await bob.call("send", peer=peer, text="as I said", reply_to=question["id"])
        await make_forum(ann, peer, False)
        await ann.call("send", peer=peer, text="good", reply_to=question["id"])
        assert await texts_in(bob, peer, question["id"]) == ["good", "as I said", "I do"]
        shown = {m["id"]: m for m in await bob.call("history", peer=peer)}
        assert shown[question["id"]]["replies"]["count"] == 3

    trio(story)
