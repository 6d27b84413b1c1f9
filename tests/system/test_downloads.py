"""Ranges of files: what upload.getFile gives, with and without `precise`."""

import os

from conftest import refused
from test_uploads import PART, store

KB = 1024
MB = 1024 * KB


def test_a_file_is_read_in_pieces(trio):
    async def story(world, ann, *_):
        content = os.urandom(MB + 5000)
        parts = [content[at:at + PART] for at in range(0, len(content), PART)]
        for number, part in enumerate(parts):
            await ann.invoke("upload.saveFilePart", file_id=31, file_part=number, bytes=part)
        document = await store(ann, _="inputFile", id=31, parts=len(parts), name="parts.bin", md5_checksum="")
        place = {"_": "inputDocumentFileLocation", "id": document.id, "access_hash": document.access_hash,
                 "file_reference": document.file_reference, "thumb_size": ""}

        async def piece(offset, limit, **precise):
            return (await ann.invoke("upload.getFile", location=place, offset=offset, limit=limit, **precise)).bytes

        async def gives(offset, limit, **precise):
            assert await piece(offset, limit, **precise) == content[offset:offset + limit]

        async def says(error, offset, limit, **precise):
            with refused(error):
                await piece(offset, limit, **precise)

        # In steps of 4 KiB, as much at once as divides a MiB; or, with `precise`, in steps of 1 KiB.
        for offset, limit in ((0, 4 * KB), (0, MB), (12 * KB, 4 * KB), (512 * KB, 512 * KB), (MB, 8 * KB)):
            await gives(offset, limit)
        for offset, limit in ((0, KB), (3 * KB, 5 * KB), (KB, 1023 * KB), (MB, 7 * KB), (4 * KB, 4 * KB)):
            await gives(offset, limit, precise=True)
        assert await piece(2 * MB, 4 * KB) == b"", "behind its end there is nothing"

        for offset in (KB, 1, -4 * KB):
            await says("OFFSET_INVALID", offset, 4 * KB)
        for limit in (0, -4 * KB, KB, 4 * KB + 1, 12 * KB, 2 * MB):
            await says("LIMIT_INVALID", 0, limit)
        for offset in (1, 512, -KB):
            await says("OFFSET_INVALID", offset, KB, precise=True)
        for limit in (0, 1000, MB + KB):
            await says("LIMIT_INVALID", 0, limit, precise=True)
        await says("LIMIT_INVALID", MB - 4 * KB, 8 * KB)  # over the edge of a MiB
        await says("LIMIT_INVALID", MB - KB, 2 * KB, precise=True)

        place["thumb_size"] = "m"  # it has no such picture
        await says("LOCATION_INVALID", 0, 4 * KB)

    trio(story)
