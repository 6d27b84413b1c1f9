"""Sticker sets: made, changed, found, installed and sent."""

from conftest import refused
from test_media import png


async def drawn(who, path, emoji):
    """A sticker to put into a set."""
    made = await who.call("upload_media", path=str(path), mime="image/png")
    document = {"_": "inputDocument", "id": int(made["id"]), "access_hash": int(made["access_hash"]),
                "file_reference": bytes.fromhex(made["reference"])}
    return {"_": "inputStickerSetItem", "document": document, "emoji": emoji}


def test_a_set_is_made_found_and_used(trio, tmp_path):
    async def story(world, ann, bob, _):
        items = []
        for i, emoji in enumerate(("\N{CAT FACE}", "\N{DOG FACE}", "\N{FISH}")):
            (tmp_path / f"{i}.png").write_bytes(png(512, 300 + i))
            items.append(await drawn(ann, tmp_path / f"{i}.png", emoji))
        name = f"pets_of_{ann.library}"
        by_name = {"_": "inputStickerSetShortName", "short_name": name}
        assert await ann.invoke("stickers.checkShortName", short_name=name) is True
        made = await ann.invoke("stickers.createStickerSet", user_id={"_": "inputUserSelf"}, short_name=name,
                                title=f"Pets of {ann.library}", stickers=items[:2])
        assert made.set.count == 2 and [p.emoticon for p in made.packs] == ["\N{CAT FACE}", "\N{DOG FACE}"]
        with refused("SHORT_NAME_OCCUPIED"):
            await bob.invoke("stickers.checkShortName", short_name=name)

        grown = await ann.invoke("stickers.addStickerToSet", stickerset=by_name, sticker=items[2])
        fish = {"_": "inputDocument", "id": grown.documents[2].id, "access_hash": grown.documents[2].access_hash,
                "file_reference": grown.documents[2].file_reference}
        moved = await ann.invoke("stickers.changeStickerPosition", sticker=fish, position=0)
        assert moved.documents[0].id == fish["id"] and moved.set.count == 3
        with refused("STICKERSET_INVALID|STICKER_INVALID|USER_ID_INVALID"):
            await bob.invoke("stickers.removeStickerFromSet", sticker=fish)

        found = await bob.invoke("messages.searchStickerSets", q=f"pets of {ann.library}")
        assert name in [s.set.short_name for s in found.sets]
        assert name in await bob.call("install_stickers", short_name=name)
        sent = await bob.call("send_sticker", peer=ann.id, short_name=name)
        assert sent["media"] == "document"
        got = await ann.event("new_message", peer=bob.id, media="document")
        await ann.call("download", peer=bob.id, id=got["id"], path=str(tmp_path / "got.png"))
        assert (tmp_path / "got.png").read_bytes() == (tmp_path / "2.png").read_bytes(), "the fish came first"

        await bob.invoke("messages.uninstallStickerSet", stickerset=by_name)
        every = await bob.invoke("messages.getAllStickers")
        assert name not in [s.short_name for s in every.sets]
        smaller = await ann.invoke("stickers.removeStickerFromSet", sticker=fish)
        assert smaller.set.count == 2

    trio(story)
