"""Uploads part by part, and files the server has already."""

import hashlib
import os

from conftest import refused

PART = 128 * 1024


async def store(who, **file):
    """A document made of what has been uploaded."""
    made = await who.invoke("messages.uploadMedia", peer={"_": "inputPeerSelf"}, media={
        "_": "inputMediaUploadedDocument", "file": file, "mime_type": "application/octet-stream",
        "attributes": [{"_": "documentAttributeFilename", "file_name": "parts.bin"}]})
    return made.document


async def fetched(who, document, path):
    shown = {"kind": "document", "id": str(document.id), "access_hash": str(document.access_hash),
             "reference": document.file_reference.hex(), "size": document.size}
    await who.call("fetch", media=shown, path=str(path))
    return path.read_bytes()


def test_parts_come_in_any_order(trio, tmp_path):
    async def story(world, ann, *_):
        content = os.urandom(3 * PART + 1000)
        parts = [content[i:i + PART] for i in range(0, len(content), PART)]

        async def put(file, part):
            assert await ann.invoke("upload.saveFilePart", file_id=file, file_part=part, bytes=parts[part])

        for part in (3, 0, 2):
            await put(11, part)
        with refused("FILE_PART_1_MISSING"):
            await store(ann, _="inputFile", id=11, parts=4, name="parts.bin", md5_checksum="")
        await ann.call("disconnect")  # it goes on where it was
        await ann.call("reconnect")
        await put(11, 1)
        await put(11, 3)  # once more, as clients do that have lost the answer
        made = await store(ann, _="inputFile", id=11, parts=4, name="parts.bin", md5_checksum="")
        assert made.size == len(content) and await fetched(ann, made, tmp_path / "got") == content

    trio(story)


def test_big_files_say_how_many_parts_there_are(trio, tmp_path):
    async def story(world, ann, *_):
        parts = [os.urandom(PART), os.urandom(PART), os.urandom(10)]

        async def put(part, total=3):
            return await ann.invoke("upload.saveBigFilePart", file_id=12, file_part=part, file_total_parts=total,
                                    bytes=parts[part])

        for part in (2, 1, 0):
            assert await put(part)
        made = await store(ann, _="inputFileBig", id=12, parts=3, name="parts.bin")
        assert await fetched(ann, made, tmp_path / "got") == b"".join(parts)

    trio(story)


def test_a_file_is_not_sent_twice(trio, tmp_path):
    async def story(world, ann, bob, _):
        content = os.urandom(5000)
        (tmp_path / "paper.bin").write_bytes(content)
        asked = {"sha256": hashlib.sha256(content).digest(), "size": len(content),
                 "mime_type": "application/octet-stream"}
        assert (await ann.invoke("messages.getDocumentByHash", **asked))._ == "documentEmpty"
        sent = await ann.call("upload_media", path=str(tmp_path / "paper.bin"))
        found = await ann.invoke("messages.getDocumentByHash", **asked)
        assert await fetched(ann, found, tmp_path / "got") == content and str(found.id) == sent["id"]
        others = await bob.invoke("messages.getDocumentByHash", **asked)
        assert others._ == "documentEmpty", "what somebody else has is not told"

    trio(story)
