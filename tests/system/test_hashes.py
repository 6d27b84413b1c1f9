"""Media that a list knows are held in public, whatever size they come in; private chats are nobody's business.

All pictures are made here; so are the lists.
"""

import asyncio
import json
import subprocess

import numpy
import pdqhash
import pytest
from PIL import Image

from conftest import BINARY, LIBRARIES
from pictures import rings


def hashes(*arguments, check=True):
    done = subprocess.run([str(BINARY), "hashes", *map(str, arguments)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 or not check, done.stderr
    return done


def test_the_hash_is_that_of_another_implementation(tmp_path):
    files = []
    for seed in range(12):
        width, height = [(900, 600), (512, 512), (321, 640), (1024, 100)][seed % 4]
        rings(seed, width, height).save(path := tmp_path / f"{seed}.png")
        files.append(path)
    for path, line in zip(files, hashes("match", *files).stdout.splitlines(), strict=True):
        ours = json.loads(line)
        vector, quality = pdqhash.compute(numpy.asarray(Image.open(path)))
        theirs = numpy.packbits(vector.astype(numpy.uint8)).tobytes().hex()
        assert (ours["pdq"], ours["quality"]) == (theirs, quality), path
        assert ours["matches"] == []


def test_lists_are_taken_in_whole_or_not_at_all(tmp_path):
    folder, list_ = tmp_path / "banks", tmp_path / "list.csv"
    rings(1).save(picture := tmp_path / "picture.png")
    vector, _ = pdqhash.compute(numpy.asarray(Image.open(picture)))
    known = numpy.packbits(vector.astype(numpy.uint8)).tobytes().hex()
    head = "collab,signal_type,signal_str,category,tags\r\n"
    list_.write_text(head + f"Partner,pdq,{known},POSITIVE_CLASS,\r\nPartner,video_md5,00,POSITIVE_CLASS,\r\n")
    take_in = ("import", "--folder", folder, "--bank", "partner", "--category", "terrorism", "--version", "1", list_)
    assert "1 hashes taken in" in hashes(*take_in).stdout
    before = (folder / "partner.bank").read_text()
    for bad in (known, "0" * 64, "f" * 64, "xyz", known[:-1]):
        list_.write_text(head + f"Partner,pdq,{known},POSITIVE_CLASS,\r\nPartner,pdq,{bad},POSITIVE_CLASS,\r\n")
        refused = hashes(*take_in, check=False)
        assert refused.returncode == 1 and "list.csv:3: " in refused.stderr, bad
        assert (folder / "partner.bank").read_text() == before
    found = json.loads(hashes("match", "--folder", folder, picture).stdout)["matches"]
    assert [(m["bank"], m["category"], m["distance"]) for m in found] == [("partner", "terrorism", 0)]
    for format in ("csv", "json", "lines"):
        given = hashes("export", "--folder", folder, "--bank", "partner", "--format", format).stdout
        assert known in given
        list_.write_text(given)
        hashes("import", "--folder", folder, "--bank", "again", "--category", "terrorism", list_)
        assert known in (folder / "again.bank").read_text()
    assert "2 hashes are matched" in hashes("check", "--folder", folder).stdout
    verdict = subprocess.run([str(BINARY), "scan", "--hashes", str(folder), "--file", str(picture)],
                             capture_output=True, text=True, timeout=60)
    verdict = json.loads(verdict.stdout)
    assert (verdict["action"], verdict["rule"], verdict["severity"]) == ("hold", "terrorism-listed", 99)


@pytest.fixture
def listing(own_server, tmp_path):
    """A server with a list of one picture, which is `known`."""
    own_server.banks = tmp_path / "banks"
    rings(7).save(tmp_path / "known.png")
    hashes("import", "--folder", own_server.banks, "--bank", "partner", "--category", "csae", tmp_path / "known.png")
    own_server.config = f'[safety]\nhash_lists = "{own_server.banks}"\n'
    return own_server.start()


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_listed_picture(listing, scenario, library, tmp_path):
    rings(7).resize((450, 300)).save(small := tmp_path / "small.jpg", quality=60)
    rings(7).transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(mirrored := tmp_path / "mirrored.png")
    rings(8).save(other := tmp_path / "other.jpg")

    async def story(world):
        ann = await world.person(library, "Ann")
        bob = await world.person("telethon", "Bob")
        await world.friends(ann, bob)
        news = await world.public_channel(ann, f"news_by_{library}")
        await bob.call("join", username=f"news_by_{library}")
        for path, kind in ((tmp_path / "known.png", "document"), (small, "photo"), (mirrored, "photo")):
            sent = await ann.call("send_file", peer=news, path=str(path), kind=kind, caption="look", limit=60)
            assert sent["text"].startswith("This message is hidden until a moderator has looked at it"), path
            assert (await bob.event("new_message", peer=news))["text"] == sent["text"]
        sent = await ann.call("send_file", peer=news, path=str(other), kind="photo", caption="harmless", limit=60)
        assert sent["text"] == "harmless"
        await ann.call("send_file", peer=bob.user["id"], path=str(small), kind="photo", caption="private", limit=60)
        await bob.event("new_message", peer=ann.user["id"], text="private")
        told = await ann.event("new_message", peer=777000)
        while "is hidden until" not in told["text"]:
            told = await ann.event("new_message", peer=777000)
        assert "its media, which were compared with what is known" in told["text"]

        await asyncio.to_thread(listing.stop)
        same = listing.run("replay", "--hashes", str(listing.banks))
        assert json.loads(same.stdout.splitlines()[-1]) == {"texts": 4, "different": 0}
        without = listing.run("replay")
        assert json.loads(without.stdout.splitlines()[-1])["changes"] == {"hold -> allow": 3}

    scenario(story, listing)


def test_lists_change_while_the_server_runs(listing, scenario, tmp_path):
    rings(8).save(second := tmp_path / "second.png")
    rings(9).save(third := tmp_path / "third.png")

    async def story(world):
        ann = await world.person("telethon", "Ann")
        news = await world.public_channel(ann, "changing_news")

        async def held(path):
            sent = await ann.call("send_file", peer=news, path=str(path), kind="photo", caption="look", limit=60)
            return sent["text"] != "look"

        assert await held(tmp_path / "known.png") and not await held(second)
        hashes("import", "--folder", listing.banks, "--bank", "own", "--category", "terrorism", second)
        while not await held(second):
            await asyncio.sleep(0.5)
        (listing.banks / "broken.bank").write_text("version: 1\ncategory: spam\npdq 123\n")
        while "the lists of hashes stay as they were" not in listing.log_path.read_text():
            await asyncio.sleep(0.2)
        assert "broken.bank:3: a hash is 64 hexadecimal digits" in listing.log_path.read_text()
        assert await held(second) and await held(tmp_path / "known.png") and not await held(third)

    scenario(story, listing)
