"""The second stage in the program itself: what the first stage is not sure about is read by the encoder."""

import json
import subprocess

import pytest

from conftest import BINARY, HERE
from test_moderation import policy

# Where ./test puts them; a test that is left out would look like one that passes.
WEIGHTS = HERE.parent.parent / "build" / "weights" / "multilingual-e5-small.q4"
OFFER = "títulos de cualquier facultad, con sello y firma"  # degrees of any faculty, sealed and signed
HARMLESS = "Good morning, readers"
CONFIG = '[safety]\npolicy = "{policy}"\nsecond_stage_kind = "encoder"\nsecond_stage_weights = "{weights}"\n'


@pytest.fixture(scope="module", autouse=True)
def weights():
    subprocess.run([HERE.parent.parent / "models" / "fetch.sh", WEIGHTS.parent, "encoder"], check=True, timeout=300)


def scores(text, *more):
    done = subprocess.run([BINARY, "scan", *more], input=json.dumps({"id": 1, "text": text}), capture_output=True, text=True,
                          timeout=60, check=True)
    return json.loads(done.stdout)["categories"]["illegal_goods"]


def test_what_both_stages_are_sure_of_together_is_acted_on(own_server, scenario):
    assert 0.2 < scores(OFFER) < 0.5 < scores(OFFER, "--second-stage", WEIGHTS), "the first alone would leave it"
    path = policy(own_server, "encoder", at_least=0.5)
    own_server.config = CONFIG.format(policy=path, weights=WEIGHTS)
    own_server.start()

    async def story(world):
        ann = await world.person("telethon", "Ann")
        bob = await world.person("gramjs", "Bob")
        await world.friends(ann, bob)
        news = await world.public_channel(ann, "encoder_papers")
        await bob.call("join", username="encoder_papers")
        await ann.call("send", peer=news, text=HARMLESS)
        await ann.call("send", peer=bob.user["id"], text=OFFER)
        sent = await ann.call("send", peer=news, text=OFFER)
        assert sent["text"] == OFFER, "the first stage is not sure"
        seen = await bob.event("edit_message", limit=60)
        assert seen["id"] == sent["id"] and seen["text"].startswith("This message was removed")
        told = await ann.event("new_message", peer=777000, limit=60)
        assert "removed" in told["text"]

    scenario(story, own_server)
    assert "is not sure about is read by multilingual-e5-small second-stage-" in own_server.log_path.read_text()


def test_without_its_weights_the_server_does_not_start(own_server, tmp_path):
    own_server.config = CONFIG.format(policy=policy(own_server, "absent"), weights=tmp_path / "nowhere.q4")
    with pytest.raises(RuntimeError, match="safety.second_stage_weights: .*nowhere.q4 is not there; models/fetch.sh"):
        own_server.start()
