"""Files, photos and documents, across libraries; what hostile files do; what a crash leaves of an upload."""

import asyncio
import os
import struct
import zlib

import pytest

from conftest import LIBRARIES, RpcError, Server, refused

AROUND = list(zip(LIBRARIES, LIBRARIES[1:] + LIBRARIES[:1]))  # every library sends, every library fetches


def png(width, height, rows=None):
    """A picture in which red grows to the right and green downwards; `rows` of the promised ones."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    lines = b"".join(b"\0" + b"".join(bytes((x * 255 // width, y * 255 // height, 128)) for x in range(width))
                     for y in range(height if rows is None else rows))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))


def jpeg_size(data):
    """Width and height from the frame header."""
    at = 2
    while data[at + 1] not in (0xC0, 0xC2):
        at += 2 + struct.unpack(">H", data[at + 2:at + 4])[0]
    height, width = struct.unpack(">HH", data[at + 5:at + 9])
    return width, height


@pytest.mark.parametrize("a,b", AROUND)
@pytest.mark.parametrize("size", [1, 100_000, 12_000_000])
def test_a_document_comes_out_as_it_went_in(scenario, tmp_path, a, b, size):
    async def story(world):
        ann = await world.person(a, "Ann")
        bob = await world.person(b, "Bob")
        (tmp_path / "sent.bin").write_bytes(os.urandom(size))
        sent = await ann.call("upload_media", path=str(tmp_path / "sent.bin"), limit=120)
        assert (sent["size"], sent["name"], sent["mime"]) == (size, "sent.bin", "application/octet-stream")
        await bob.call("fetch", media=sent, path=str(tmp_path / "got.bin"), limit=120)
        assert (tmp_path / "got.bin").read_bytes() == (tmp_path / "sent.bin").read_bytes()

    scenario(story)


@pytest.mark.parametrize("a,b", AROUND)
def test_a_photo_gets_sizes_and_a_preview(scenario, tmp_path, a, b):
    async def story(world):
        ann = await world.person(a, "Ann")
        bob = await world.person(b, "Bob")
        (tmp_path / "photo.png").write_bytes(png(1500, 1000))
        sent = await ann.call("upload_media", path=str(tmp_path / "photo.png"), kind="photo")
        assert {kind: size[:2] for kind, size in sent["sizes"].items()} == {
            "s": [100, 67], "m": [320, 213], "x": [800, 533], "y": [1280, 853], "w": [1500, 1000]}
        assert jpeg_size(bytes.fromhex(sent["stripped"])) == (40, 27), "what the library makes of the preview"
        for kind, (width, height, size) in sent["sizes"].items():
            path = tmp_path / f"{kind}.jpg"
            await bob.call("fetch", media=sent, thumb=kind, path=str(path))
            got = path.read_bytes()
            assert len(got) == size and jpeg_size(got) == (width, height)

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_picture_sent_as_a_document_stays_as_it_is(scenario, tmp_path, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        (tmp_path / "photo.png").write_bytes(png(640, 480))
        sent = await ann.call("upload_media", path=str(tmp_path / "photo.png"), mime="image/png")
        assert list(sent["sizes"]) == ["m"] and sent["stripped"]
        await ann.call("fetch", media=sent, path=str(tmp_path / "got.png"))
        assert (tmp_path / "got.png").read_bytes() == (tmp_path / "photo.png").read_bytes()

    scenario(story)


@pytest.mark.parametrize("a,b", AROUND)
def test_people_are_shown_with_their_photo(scenario, tmp_path, a, b):
    async def story(world):
        ann = await world.person(a, "Ann")
        bob = await world.person(b, "Bob")
        await world.friends(ann, bob)
        (tmp_path / "me.png").write_bytes(png(700, 500))
        photo = await ann.call("set_photo", path=str(tmp_path / "me.png"))
        assert {kind: size[:2] for kind, size in photo["sizes"].items()} == {
            "a": [160, 160], "b": [320, 320], "c": [500, 500]}
        await bob.call("import_contact", phone=ann.phone, first="Ann")  # a fresh look
        seen = await bob.call("profile_photo", peer=ann.user["id"], path=str(tmp_path / "seen.jpg"))
        assert seen == {"shown": True, "count": 1}
        assert jpeg_size((tmp_path / "seen.jpg").read_bytes()) == (160, 160)

    scenario(story)


def test_hostile_files_harm_nobody(scenario, tmp_path):
    async def story(world):
        ann = await world.person("mtcute", "Ann")

        async def outcome(content):
            (tmp_path / "file").write_bytes(content)
            try:
                return await ann.call("upload_media", path=str(tmp_path / "file"), kind="photo")
            except RpcError as error:
                return error.name

        good = png(300, 200)
        assert await outcome(b"MZ\x90\x00 this is a program") == "PHOTO_EXT_INVALID"
        assert await outcome(b"\xff\xd8\xff\xe0 no more of a picture than this") == "IMAGE_PROCESS_FAILED"
        assert await outcome(good[:len(good) // 2]) == "IMAGE_PROCESS_FAILED"
        assert await outcome(png(100_000, 100_000, rows=0)) == "PHOTO_INVALID_DIMENSIONS"
        assert await outcome(png(5000, 5000, rows=1)) == "IMAGE_PROCESS_FAILED"
        assert await outcome(os.urandom(100_000)) == "PHOTO_EXT_INVALID"
        polyglot = await outcome(good + b"PK\x03\x04<script>")
        assert "m" in polyglot["sizes"]
        await ann.call("fetch", media=polyglot, thumb="m", path=str(tmp_path / "out"))
        assert b"script" not in (tmp_path / "out").read_bytes()

    scenario(story)


def test_a_reference_expires_and_is_renewed_with_the_object(own_server, scenario, tmp_path):
    own_server.config = "[files]\nreference_seconds = 2\n"
    own_server.start()
    (tmp_path / "sent").write_bytes(b"hello")

    async def story(world):
        async def uses(library):
            ann, path = await world.person(library, "Ann"), str(tmp_path / library)
            sent = await ann.call("send_file", peer=ann.id, path=str(tmp_path / "sent"))
            where = {"peer": ann.id, "id": sent["id"], "path": path}
            shown = await ann.call("download", **where)
            await ann.call("fetch", media=shown, path=path)
            with refused("FILE_REFERENCE_EXPIRED"):
                while True:
                    await ann.call("fetch", media=shown, path=path)
                    await asyncio.sleep(0.1)
            renewed = await ann.call("download", **where)
            assert renewed["id"] == shown["id"] and renewed["reference"] != shown["reference"]
            await ann.call("fetch", media=renewed, path=path)

        await asyncio.gather(*(uses(library) for library in LIBRARIES))

    scenario(story, own_server)


def test_an_upload_goes_on_after_a_crash(own_server, scenario, tmp_path):
    own_server.start()

    async def story(world):
        ann = await world.person("telethon", "Ann")
        part = 512 * 1024
        await ann.call("save_part", file=7, part=0, size=part, fill=1, total=3)
        await ann.call("save_part", file=7, part=2, size=100, fill=3, total=3)
        own_server.kill()
        own_server.start()
        await ann.call("save_part", file=7, part=1, size=part, fill=2, total=3)
        sent = await ann.call("use_parts", file=7, parts=3, big=True)
        assert sent["size"] == 2 * part + 100
        await ann.call("fetch", media=sent, path=str(tmp_path / "got"))
        assert (tmp_path / "got").read_bytes() == b"\1" * part + b"\2" * part + b"\3" * 100

    scenario(story, own_server)


def test_a_backup_holds_the_files(own_server, scenario, tmp_path):
    own_server.start()

    async def story(world):
        ann = await world.person("telethon", "Ann")
        (tmp_path / "sent").write_bytes(b"keep me")
        world.sent = await ann.call("upload_media", path=str(tmp_path / "sent"))
        world.session = await ann.call("session")
        done = own_server.run("backup", str(tmp_path / "copy"))
        assert done.returncode == 0, done.stderr
        own_server.stop()
        restored = Server(data=tmp_path / "data")
        done = restored.run("restore", str(tmp_path / "copy"))
        assert done.returncode == 0, done.stderr
        restored.address = own_server.address
        restored.start()
        try:
            await ann.call("fetch", media=world.sent, path=str(tmp_path / "got"))
            assert (tmp_path / "got").read_bytes() == b"keep me"
        finally:
            restored.stop()

    scenario(story, own_server)


@pytest.mark.parametrize("a,b", AROUND)
def test_people_send_each_other_photos_and_documents(scenario, tmp_path, a, b):
    async def story(world):
        ann = await world.person(a, "Ann")
        bob = await world.person(b, "Bob")
        await world.friends(ann, bob)
        (tmp_path / "photo.png").write_bytes(png(900, 600))
        sent = await ann.call("send_file", peer=bob.user["id"], path=str(tmp_path / "photo.png"), kind="photo",
                              caption="look")
        assert (sent["media"], sent["text"]) == ("photo", "look")
        got = await bob.event("new_message", text="look")
        assert got["media"] == "photo"
        photo = await bob.call("download", peer=ann.user["id"], id=got["id"], path=str(tmp_path / "got.jpg"))
        assert jpeg_size((tmp_path / "got.jpg").read_bytes()) == (900, 600)
        assert photo["sizes"]["x"][:2] == [800, 533] and photo["stripped"]

        (tmp_path / "paper.bin").write_bytes(os.urandom(700_000))
        sent = await bob.call("send_file", peer=ann.user["id"], path=str(tmp_path / "paper.bin"), caption="read")
        assert sent["media"] == "document"
        got = await ann.event("new_message", text="read")
        document = await ann.call("download", peer=bob.user["id"], id=got["id"], path=str(tmp_path / "got.bin"))
        assert (tmp_path / "got.bin").read_bytes() == (tmp_path / "paper.bin").read_bytes()
        assert document["name"] == "paper.bin"

        # Forwarded, it is the same file under another message; the text changes without it.
        passed = await ann.call("forward", peer=ann.user["id"], ids=[got["id"]], from_peer=bob.user["id"])
        assert passed[0]["media"] == "document"
        edited = await bob.call("edit", peer=ann.user["id"], id=sent["id"], text="read it all")
        assert (edited["media"], edited["text"]) == ("document", "read it all")

    scenario(story)


@pytest.mark.parametrize("a,b", AROUND)
def test_an_album_arrives_as_one(scenario, tmp_path, a, b):
    async def story(world):
        ann = await world.person(a, "Ann")
        bob = await world.person(b, "Bob")
        await world.friends(ann, bob)
        paths = []
        for i in range(3):
            paths.append(str(tmp_path / f"{i}.png"))
            (tmp_path / f"{i}.png").write_bytes(png(300 + i, 200))
        sent = await ann.call("send_album", peer=bob.user["id"], paths=paths, caption="three")
        assert len(sent) == 3 and len({m["album"] for m in sent}) == 1 and sent[0]["album"]
        await bob.event("new_message", text="three")
        history = await bob.call("history", peer=ann.user["id"])
        together = [m for m in history if m["album"] == sent[0]["album"]]
        assert len(together) == 3 and all(m["media"] == "photo" for m in together)

    scenario(story)
