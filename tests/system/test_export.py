"""Taking data out: takeout with three client libraries, and the operator's archive."""

import json
import tarfile

import pytest

from conftest import LIBRARIES, RpcError, Server
from test_media import png


@pytest.fixture
def open_server():
    """New devices may export at once."""
    server = Server(config="[takeout]\ndelay_seconds = 0\n").start()
    yield server
    server.stop()


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_client_exports(scenario, open_server, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        bob = await world.person("telethon", "Bob")
        phone = await world.client("telethon")
        await world.friends(ann, bob)
        for text in ("one", "two", "three"):
            await ann.call("send", peer=bob.user["id"], text=text)
        name = f"news_for_{library}"
        await world.public_channel(bob, name, title="Bob's news")
        channel = (await ann.call("join", username=name))["peer"]
        await ann.call("leave", peer=channel)
        await phone.sign_in(ann.phone)

        got = await ann.call("takeout", peer=bob.user["id"])
        assert [t for t in got["texts"] if t] == ["three", "two", "one"]
        assert got["in_range"] == 1
        assert got["contacts"] == [bob.phone.lstrip("+")]
        assert got["left"] == ["Bob's news"]
        told = [m["text"] for m in await phone.call("history", peer=777000)]
        assert any("export of your data" in text and "has begun" in text for text in told)
        with pytest.raises(RpcError) as refused:
            await ann.call("after_takeout", id=got["id"])
        assert refused.value.code == 400
        if library != "telethon":  # which has a sentence for it
            assert refused.value.name == "TAKEOUT_INVALID"

    scenario(story, open_server)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_new_device_waits(scenario, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        with pytest.raises(RpcError) as refused:
            await ann.call("takeout", peer=ann.user["id"])
        assert refused.value.code == 420 or "Takeout" in refused.value.kind

    scenario(story)


class Archive:
    def __init__(self, path):
        self.tar = tarfile.open(path)
        self.names = self.tar.getnames()

    def bytes(self, name):
        return self.tar.extractfile(name).read()

    def json(self, name):
        return json.loads(self.bytes(name))

    def answer(self, name, method):
        return next(e["answer"] for e in self.json(name) if e["method"] == method)

    def pages(self, folder):
        return [self.json(name) for name in self.names if name.startswith(folder + "/")]

    def texts(self, folder):
        return [m["message"] for page in self.pages(folder) for m in page["messages"] if m["_"] == "message"]


def test_the_operator_exports_an_account(scenario, own_server, tmp_path):
    server = own_server.start()

    async def story(world):
        ann = await world.person("gramjs", "Ann", "Archer")
        bob = await world.person("telethon", "Bob")
        eve = await world.person("mtcute", "Eve")
        await world.friends(ann, bob)
        await world.friends(bob, eve)
        bob_id = bob.user["id"]
        sent = [f"message {n}" for n in range(230)]
        for text in sent:
            await ann.call("send", peer=bob_id, text=text)
        await bob.call("send", peer=ann.user["id"], text="answer \"quoted\" 👋")
        await bob.call("send", peer=eve.user["id"], text="not Ann's business")
        (tmp_path / "letter.txt").write_bytes(b"dear Bob\n" * 100_000)
        (tmp_path / "photo.png").write_bytes(png(640, 480))
        await ann.call("send_file", peer=bob_id, path=str(tmp_path / "letter.txt"), caption="a letter")
        await ann.call("send_file", peer=bob_id, path=str(tmp_path / "letter.txt"), caption="again")
        await ann.call("send_file", peer=bob_id, path=str(tmp_path / "photo.png"), kind="photo")
        await ann.call("set_photo", path=str(tmp_path / "photo.png"))
        await ann.call("draft", peer=bob_id, text="not sent yet")
        group = await world.public_channel(bob, "talk_of_the_town", title="Talk", broadcast=False)
        joined = await ann.call("join", username="talk_of_the_town")
        await ann.call("send", peer=joined["peer"], text="Ann's own post")
        await bob.call("send", peer=group, text="Bob's post")
        await ann.call("leave", peer=joined["peer"])

        # While the server runs, and goes on running.
        done = server.run("export", "--phone", ann.phone, "--out", str(tmp_path / "ann.tar"), "--reason", "a test")
        assert done.returncode == 0, done.stderr
        await ann.call("send", peer=bob_id, text="later")
        await bob.event("new_message", text="later")
        archive = Archive(tmp_path / "ann.tar")

        assert archive.names[-1] == "export.json"
        summary = archive.json("export.json")
        assert summary["account"] == ann.user["id"] and summary["missing_files"] == 0
        profile = archive.answer("profile.json", "users.getFullUser")
        assert profile["users"][0]["phone"] == ann.phone.lstrip("+")
        assert profile["users"][0]["last_name"] == "Archer"
        devices = archive.answer("sessions.json", "account.getAuthorizations")["authorizations"]
        assert len(devices) == 1 and "hash" not in devices[0]
        contacts = archive.answer("contacts.json", "contacts.getSaved")
        assert [c["phone"] for c in contacts] == [bob.phone.lstrip("+")]
        texts = [t for t in archive.texts(f"messages/user_{bob_id}") if t]
        assert texts == ["again", "a letter", "answer \"quoted\" 👋"] + sent[::-1]
        assert len(archive.pages(f"messages/user_{bob_id}")) == 3
        drafts = json.dumps(archive.json("drafts.json"))
        assert "not sent yet" in drafts
        assert archive.texts("posts") == ["Ann's own post"]
        assert archive.answer("left_channels.json", "channels.getLeftChannels")["chats"][0]["title"] == "Talk"
        whole = "".join(archive.bytes(n).decode() for n in archive.names if ".json" in n)
        assert "not Ann's business" not in whole and "Bob's post" not in whole
        assert "access_hash" not in whole and "file_reference" not in whole

        letters = [m["media"]["document"]["id"] for page in archive.pages(f"messages/user_{bob_id}")
                   for m in page["messages"] if m.get("media", {}).get("_") == "messageMediaDocument"]
        for letter in letters:
            assert archive.bytes(f"media/{letter}.txt") == (tmp_path / "letter.txt").read_bytes()
        photos = [n for n in archive.names if n.endswith(".jpg")]
        assert len(photos) == 2 and all(archive.bytes(n)[:2] == b"\xff\xd8" for n in photos)
        assert summary["files"] == len([n for n in archive.names if n.startswith("media/")])

        # Every reading is in the journal, in order; nothing is overwritten.
        by_id = server.run("export", "--user", str(eve.user["id"]), "--out", str(tmp_path / "eve.tar"))
        assert by_id.returncode == 0, by_id.stderr
        again = server.run("export", "--user", str(eve.user["id"]), "--out", str(tmp_path / "eve.tar"))
        assert again.returncode == 1 and "already" in again.stderr
        assert server.run("export", "--user", "12345", "--out", str(tmp_path / "no.tar")).returncode == 1
        assert not (tmp_path / "no.tar").exists()
        reads = [json.loads(line) for line in server.run("staff-reads").stdout.splitlines()]
        assert [(r["account"], r["what"], r["reason"]) for r in reads] == [
            (ann.user["id"], "export", "a test"), (eve.user["id"], "export", "")]
        assert all("uid" in r["who"] for r in reads)
        assert server.run("check").returncode == 0

    scenario(story, server)
