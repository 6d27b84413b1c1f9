"""The model that looks at pictures in public: its numbers are those of its own package, and what it finds is marked."""

import asyncio
import json
import subprocess

import pytest

from conftest import BINARY, HERE
from pictures import SKIN, all_pictures, checks, flat

VISION, WEIGHTS = BINARY.parent / "heliograph-vision", BINARY.parent / "open-nsfw.onnx"
pytestmark = pytest.mark.skipif(not (VISION.exists() and WEIGHTS.exists()), reason="no weights (models/fetch.sh)")

# Nothing that is sexual is made here: the rule is set so low that a plain colour breaks it.
POLICY = """
version = "test"
machine_may = ["mark_sensitive"]

[[rule]]
id = "pictures"
category = "sexual"
at_least = 0.25
witnesses = ["image"]
effect = "mark_sensitive"
clause = "sexual"
"""


def test_its_numbers_are_those_of_its_own_package(tmp_path):
    expected = json.loads((HERE / "open_nsfw.json").read_text())
    files = []
    for name, picture in all_pictures():
        picture.save(path := tmp_path / f"{name}.png")
        files.append(path)
    done = subprocess.run([VISION, WEIGHTS, *files], capture_output=True, text=True, timeout=120)
    got = dict(zip((path.stem for path in files), map(float, done.stdout.split()), strict=True))
    assert got == pytest.approx(expected, abs=0.002)
    assert max(got.values()) < 0.6, "from where the shipped policy marks"


def test_the_command_line_gives_the_verdict_that_the_server_would(tmp_path):
    flat(SKIN).save(tmp_path / "found.png")
    (tmp_path / "policy.toml").write_text(POLICY)

    def verdict(*more):
        done = subprocess.run([BINARY, "scan", "--policy", tmp_path / "policy.toml", "--file", tmp_path / "found.png", *more],
                              capture_output=True, text=True, timeout=120, check=True)
        return json.loads(done.stdout)

    assert verdict()["action"] == "allow", "lists alone know nothing of it"
    seen = verdict("--image-model", WEIGHTS)
    assert (seen["action"], seen["rule"]) == ("mark_sensitive", "pictures")
    assert seen["versions"]["image"].startswith("open-nsfw.onnx ")
    nowhere = subprocess.run([BINARY, "scan", "--file", "x.png", "--image-model", tmp_path / "no.onnx"], capture_output=True, text=True)
    assert nowhere.returncode != 0 and "no.onnx is not there" in nowhere.stderr


def test_weights_that_are_none_are_refused(own_server, tmp_path):
    (tmp_path / "other.onnx").write_bytes(b"no weights")
    done = subprocess.run([VISION, tmp_path / "other.onnx"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and "no weights of open_nsfw" in done.stderr
    own_server.config = f'[safety]\nimage_model = "{tmp_path}/nowhere.onnx"\n'
    with pytest.raises(RuntimeError, match="safety.image_model: .*nowhere.onnx is not there"):
        own_server.start()


def test_what_it_finds_is_marked_in_public_alone(own_server, scenario, tmp_path):
    flat(SKIN).save(found := tmp_path / "found.png")
    checks().save(harmless := tmp_path / "harmless.png")
    (tmp_path / "policy.toml").write_text(POLICY)
    own_server.config = f'[safety]\nimage_model = "{WEIGHTS}"\npolicy = "{tmp_path}/policy.toml"\n'
    own_server.start()

    async def story(world):
        ann = await world.person("telethon", "Ann")
        bob = await world.person("gramjs", "Bob")
        await world.friends(ann, bob)
        news = await world.public_channel(ann, "colour_news")
        for peer in (news, bob.user["id"]):
            for path in (harmless, found):
                sent = await ann.call("send_file", peer=peer, path=str(path), kind="photo", caption=path.stem, limit=60)
                assert sent["text"] == path.stem
        told = await ann.event("new_message", peer=777000, limit=60)
        while "marked as sensitive" not in told["text"]:
            told = await ann.event("new_message", peer=777000, limit=60)
        assert "found" in told["text"]
        await asyncio.sleep(3)
        assert not [e for e in ann.events if e.get("message", {}).get("peer") == 777000 and "sensitive" in e["message"]["text"]]

    scenario(story, own_server)
