"""What is marked in a text: hidden until tapped, or an emoji of somebody's own set."""

from conftest import refused
from test_media import png
from test_stickers import drawn


def spoiler(offset, length):
    return {"_": "messageEntitySpoiler", "offset": offset, "length": length}


def emoji(offset, length, id):
    return {"_": "messageEntityCustomEmoji", "offset": offset, "length": length, "document_id": id}


def marks(message):
    return [(e._.removeprefix("messageEntity"), e.offset, e.length, e.document_id) for e in message.entities or []]


def test_spoilers(trio):
    async def story(world, ann, bob, eve):
        group = await world.supergroup(ann, bob)
        await ann.invoke("messages.sendMessage", peer=group, message="The butler \N{CAT FACE} did it", entities=[
            spoiler(4, 6), spoiler(11, 2), {"_": "messageEntityBold", "offset": 4, "length": 6}])
        got = await bob.event("updateNewChannelMessage", peer_id=group, message="The butler \N{CAT FACE} did it")
        assert set(marks(got)) == {("Spoiler", 4, 6, None), ("Bold", 4, 6, None), ("Spoiler", 11, 2, None)}

        await ann.invoke("messages.editMessage", peer=group, id=got.id, message="It was the gardener",
                         entities=[spoiler(11, 8)])
        edited = await bob.event("updateEditChannelMessage", peer_id=group, message="It was the gardener")
        assert marks(edited) == [("Spoiler", 11, 8, None)]
        with refused("MESSAGE_NOT_MODIFIED"):
            await ann.invoke("messages.editMessage", peer=group, id=got.id, message="It was the gardener",
                             entities=[spoiler(11, 8)])
        for bad in (spoiler(-1, 3), spoiler(100, 1)):
            with refused("ENTITY_BOUNDS_INVALID"):
                await ann.invoke("messages.sendMessage", peer=group, message="no", entities=[bad])

        await bob.call("forward", peer=eve.id, ids=[got.id], from_peer=group)
        passed = await eve.event("new_message", peer=bob.id, text="It was the gardener")
        assert passed["entities"] == ["spoiler"]
        await bob.invoke("messages.sendMessage", peer=group, message="Really?", reply_to={
            "_": "inputReplyToMessage", "reply_to_msg_id": got.id, "quote_text": "the gardener", "quote_offset": 7,
            "quote_entities": [spoiler(4, 8)]})
        answer = await ann.event("updateNewChannelMessage", peer_id=group, message="Really?")
        assert [(e._, e.offset, e.length) for e in answer.reply_to.quote_entities] == [("messageEntitySpoiler", 4, 8)]

        await ann.invoke("messages.editMessage", peer=group, id=got.id, message="It was the gardener")
        await bob.event("updateEditChannelMessage", peer_id=group, where=lambda m: not m.get("entities"))

    trio(story)


def test_custom_emoji(trio, tmp_path):
    async def story(world, ann, bob, _):
        (tmp_path / "heron.png").write_bytes(png(100, 100))
        made = await ann.invoke("stickers.createStickerSet", user_id={"_": "inputUserSelf"}, emojis=True,
                                title="Herons", short_name=f"herons_of_{ann.library}",
                                stickers=[await drawn(ann, tmp_path / "heron.png", "\N{BIRD}")])
        heron = made.documents[0].id
        assert made.set.emojis

        await ann.invoke("messages.sendMessage", peer=bob.id, message="Look, a \N{BIRD}!",
                         entities=[emoji(8, 2, heron)])
        got = await bob.event("new_message", peer=ann.id, text="Look, a \N{BIRD}!")
        assert got["entities"] == ["customemoji"]
        [read] = (await bob.invoke("messages.getMessages", id=[{"_": "inputMessageID", "id": got["id"]}])).messages
        assert marks(read) == [("CustomEmoji", 8, 2, heron)]
        [shown] = await bob.invoke("messages.getCustomEmojiDocuments", document_id=[heron])
        [attribute] = [a for a in shown.attributes if a._ == "documentAttributeCustomEmoji"]
        assert attribute.alt == "\N{BIRD}" and attribute.stickerset.id == made.set.id

        sent = (await ann.call("history", peer=bob.id, limit=1))[0]
        await ann.invoke("messages.editMessage", peer=bob.id, id=sent["id"], message="\N{BIRD} hidden",
                         entities=[emoji(0, 2, heron), spoiler(0, 9)])
        await bob.event("edit_message", text="\N{BIRD} hidden")
        [read] = (await bob.invoke("messages.getMessages", id=[{"_": "inputMessageID", "id": got["id"]}])).messages
        assert set(marks(read)) == {("CustomEmoji", 0, 2, heron), ("Spoiler", 0, 9, None)}

    trio(story)
