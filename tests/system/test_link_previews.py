"""Links: this server opens none, and so tells no site who reads what; what the sender says is all there is."""

from conftest import refused

LINK = "http://127.0.0.1:9/never-asked"


def test_no_link_is_opened(trio):
    async def story(world, ann, bob, _):
        offered = await ann.invoke("messages.getWebPagePreview", message=f"see {LINK}")
        media = offered if offered._.startswith("messageMedia") else offered.media
        assert media._ == "messageMediaEmpty"
        sent = await ann.invoke("messages.sendMessage", peer=bob.id, message=f"see {LINK}")
        assert sent._ in ("updateShortSentMessage", "updates")
        got = await bob.event("new_message", peer=ann.id, text=f"see {LINK}")
        assert got["media"] is None and got["entities"] == ["url"]

        page = {"_": "inputMediaWebPage", "url": LINK}
        with refused("WEBPAGE_NOT_FOUND"):
            await ann.invoke("messages.sendMedia", peer=bob.id, message="look", media=page)
        await ann.invoke("messages.sendMedia", peer=bob.id, message="look", media={**page, "optional": True})
        assert (await bob.event("new_message", peer=ann.id, text="look"))["media"] is None

    trio(story)


def test_what_is_elsewhere_or_not_a_message_is_not_taken(trio):
    async def story(world, ann, bob, _):
        group = await world.supergroup(ann, bob)
        sent = await ann.call("send", peer=group, text="before")
        for media in ({"_": "inputMediaPhotoExternal", "url": LINK}, {"_": "inputMediaDocumentExternal", "url": LINK},
                      {"_": "inputMediaDice", "emoticon": "\N{GAME DIE}"},
                      {"_": "inputMediaGeoLive", "period": 900,
                       "geo_point": {"_": "inputGeoPoint", "lat": 52.5, "long": 13.4}}):
            with refused("MEDIA_INVALID"):
                await ann.invoke("messages.sendMedia", peer=group, media=media)
        with refused("MEDIA_EMPTY"):
            await ann.invoke("messages.sendMedia", peer=group, media={"_": "inputMediaEmpty"})
        with refused("WEBPAGE_NOT_FOUND"):
            await ann.invoke("messages.editMessage", peer=group, id=sent["id"],
                             media={"_": "inputMediaWebPage", "url": LINK})
        said = await ann.call("send", peer=group, text="after")
        assert said["id"] == sent["id"] + 1, "nothing of it was sent"

    trio(story)
