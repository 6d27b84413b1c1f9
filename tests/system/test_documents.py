"""Films, music, voice messages, animations: documents with attributes and a picture, and how they are found."""

import os

from conftest import refused
from test_media import jpeg_size, png
from test_photos import uploaded

FILM = {"_": "documentAttributeVideo", "duration": 12, "w": 640, "h": 360, "supports_streaming": True}
ROUND = {"_": "documentAttributeVideo", "duration": 3, "w": 240, "h": 240, "round_message": True}
SONG = {"_": "documentAttributeAudio", "duration": 215, "title": "Herons", "performer": "The Storks"}
VOICE = {"_": "documentAttributeAudio", "duration": 4, "voice": True, "waveform": bytes(range(63))}
LOOP = {"_": "documentAttributeVideo", "duration": 2, "w": 320, "h": 240}

# By the filter that finds it.
KINDS = {
    "Video": ("film.mp4", "video/mp4", [FILM]),
    "RoundVideo": ("round.mp4", "video/mp4", [ROUND]),
    "Music": ("song.mp3", "audio/mpeg", [SONG]),
    "Voice": ("voice.ogg", "audio/ogg", [VOICE]),
    "Gif": ("loop.mp4", "video/mp4", [{"_": "documentAttributeAnimated"}, LOOP]),
    "Document": ("paper.pdf", "application/pdf", []),
}


async def part(who, id, content, name):
    await who.invoke("upload.saveFilePart", file_id=id, file_part=0, bytes=content)
    return {"_": "inputFile", "id": id, "parts": 1, "name": name, "md5_checksum": ""}


async def described(who, kind, content, thumb=None):
    """What is to be sent: a document of this kind."""
    name, mime, attributes = KINDS[kind]
    return {"_": "inputMediaUploadedDocument", "file": await part(who, 41, content, name), "thumb": thumb,
            "mime_type": mime, "attributes": [*attributes, {"_": "documentAttributeFilename", "file_name": name}]}


def says(attribute, wanted):
    """Whether it is the one wanted, with all that was said in it."""
    return all(attribute[key] == value for key, value in wanted.items())


def test_they_arrive_as_what_they_are(trio, tmp_path):
    async def story(world, ann, bob, eve):
        group = await world.supergroup(ann, bob, eve)
        picture = tmp_path / "thumb.png"
        picture.write_bytes(png(320, 180))
        ids = {}
        for kind, (name, mime, attributes) in KINDS.items():
            content = os.urandom(3000)
            media = await described(ann, kind, content, thumb=await uploaded(ann, picture))
            await ann.invoke("messages.sendMedia", peer=group, message=f"a {kind}", media=media)
            for who in (bob, eve):
                got = await who.event("updateNewChannelMessage", peer_id=group, message=f"a {kind}")
                ids[kind] = got.id
                document = got.media.document
                assert (document.mime_type, document.size) == (mime, len(content))
                given = [a for a in document.attributes if a._ != "documentAttributeFilename"]
                assert len(given) == len(attributes)
                assert all(says(*pair) for pair in zip(given, attributes)), (given, attributes)
                assert bool(got.media_unread) == (kind in ("Voice", "RoundVideo")), "until it is listened to"
                shown = await who.call("download", peer=group, id=got.id, path=str(tmp_path / f"got-{name}"))
                assert (tmp_path / f"got-{name}").read_bytes() == content and shown["name"] == name
                assert shown["sizes"]["m"][:2] == [320, 180] and shown["stripped"]
                await who.call("fetch", media=shown, thumb="m", path=str(tmp_path / "got.jpg"))
                assert jpeg_size((tmp_path / "got.jpg").read_bytes()) == (320, 180)

        async def found(kind, who=bob):
            page = await who.invoke("messages.search", peer=group, limit=50,
                                    filter={"_": f"inputMessagesFilter{kind}"})
            return {m.id for m in page.messages}

        for kind, id in ids.items():
            assert await found(kind) == await found(kind, eve) == {id}, kind
        assert await found("PhotoVideo") == {ids["Video"]} and await found("Photos") == set()
        assert await found("RoundVoice") == {ids["Voice"], ids["RoundVideo"]}
        counters = await eve.invoke("messages.getSearchCounters", peer=group, filters=[
            {"_": f"inputMessagesFilter{kind}"} for kind in ids])
        assert [c.count for c in counters] == [1] * len(ids)

    trio(story)


def test_the_author_learns_that_it_was_listened_to(trio):
    async def story(world, ann, bob, _):
        media = await described(ann, "Voice", os.urandom(2000))
        await ann.invoke("messages.sendMedia", peer=bob.id, message="listen", media=media)
        got = await bob.event("new_message", peer=ann.id, text="listen")
        [sent] = [m for m in await ann.call("history", peer=bob.id) if m["text"] == "listen"]
        await bob.invoke("messages.readMessageContents", id=[got["id"]])
        await ann.event("updateReadMessagesContents", messages=[sent["id"]])

    trio(story)


def test_what_members_may_not_send(trio):
    async def story(world, ann, bob, _):
        group = await world.supergroup(ann, bob)
        forbidden = {"Video": "videos", "RoundVideo": "roundvideos", "Music": "audios", "Voice": "voices", "Gif": "gifs",
                     "Document": "docs"}
        for kind, what in forbidden.items():
            bob.events.clear()
            await ann.invoke("messages.editChatDefaultBannedRights", peer=group, banned_rights={
                "_": "chatBannedRights", "until_date": 0, f"send_{what}": True})
            await bob.event("updateChannel", channel_id=-1000000000000 - group)
            for one in forbidden:
                media = await described(bob, one, os.urandom(100))
                if one == kind:
                    with refused(f"CHAT_SEND_{what.upper()}_FORBIDDEN"):
                        await bob.invoke("messages.sendMedia", peer=group, media=media)
                else:
                    await bob.invoke("messages.sendMedia", peer=group, media=media)

    trio(story)


def test_what_is_said_of_a_file_has_to_be_possible(trio):
    async def story(world, ann, *_):
        for attribute in ({**FILM, "duration": -1}, {**FILM, "w": 1 << 20}, {**VOICE, "waveform": bytes(1000)}):
            media = await described(ann, "Document", b"x" * 100)
            with refused("MEDIA_INVALID"):
                await ann.invoke("messages.sendMedia", peer=ann.id, media={**media, "attributes": [attribute]})

    trio(story)
