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
