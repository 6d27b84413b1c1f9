"""What is public is judged on its way in, exactly as the policy file says; private chats are not."""

import asyncio
import http.server
import json
import signal
import subprocess
import threading

import pytest

from conftest import BINARY, LIBRARIES
from test_ledger import foreign, key, size

OFFER = "Fake passports for sale, any country, dm me"
POLICY = """
version = "{version}"
machine_may = ["remove"]

[[rule]]
id = "goods"
category = "illegal_goods"
at_least = {at_least}
effect = "{effect}"
severity = 70
clause = "illegal-goods"
"""


def policy(server, name, **values):
    path = server.data.parent / f"{server.data.name}-{name}.toml"
    path.write_text(POLICY.format(version=name, **{"at_least": 0.5, "effect": "remove", **values}))
    return path


@pytest.fixture
def judging(own_server):
    path = policy(own_server, "strict")
    own_server.config = (f'[ledger]\nbatch_seconds = 1\norigin = "ledger.example/test"\n'
                         f'[safety]\npolicy = "{path}"\nappeals = "appeals@example.org"\n')
    own_server.policy = path
    own_server.start()
    yield own_server
    path.unlink()


def scan(text, path):
    done = subprocess.run([str(BINARY), "scan", "--policy", str(path)], input=json.dumps({"id": 1, "text": text}),
                          capture_output=True, text=True, timeout=60)
    return json.loads(done.stdout)


@pytest.mark.parametrize("library", LIBRARIES)
def test_an_offer_of_forged_documents(judging, scenario, library, tmp_path):
    async def story(world):
        ann = await world.person(library, "Ann")
        bob = await world.person("telethon", "Bob")
        await world.friends(ann, bob)
        news = await world.public_channel(ann, "papers_please")
        await bob.call("join", username="papers_please")
        before = size(judging)

        verdict = scan(OFFER, judging.policy)
        assert (verdict["action"], verdict["rule"]) == ("remove", "goods")
        sent = await ann.call("send", peer=news, text=OFFER)
        assert sent["text"] == "This message was removed because it breaks a rule: Illegal goods."
        seen = await bob.event("new_message", peer=news)
        assert seen["text"] == sent["text"]
        assert OFFER not in [m["text"] for m in await bob.call("history", peer=news)]

        while "was removed" not in (reasons := await ann.event("new_message", peer=777000))["text"]:
            pass  # codes come from there, too
        for part in (OFFER, "Illegal goods (illegal-goods)", "by a machine", "appeals@example.org", "Case 1."):
            assert part in reasons["text"]

        await ann.call("send", peer=bob.user["id"], text=OFFER)
        await bob.event("new_message", peer=ann.user["id"], text=OFFER)

        while size(judging) <= before:
            await asyncio.sleep(0.1)
        checked = await asyncio.to_thread(foreign, "log", judging.url("/ledger"), key(judging), tmp_path / "state")
        assert checked["entries"] > before

        await asyncio.to_thread(judging.stop)
        same = judging.run("replay", "--policy", str(judging.policy))
        assert json.loads(same.stdout.splitlines()[-1]) == {"texts": 1, "different": 0}
        lax = judging.run("replay", "--policy", str(policy(judging, "lax", effect="review")))
        changed, sums = map(json.loads, lax.stdout.splitlines())
        assert (changed["was"], changed["now"], changed["text"]) == ("remove", "review", OFFER)
        assert (changed["policy_was"], changed["policy_now"]) == ("strict", "lax")
        assert sums["changes"] == {"remove -> review": 1}

    scenario(story, judging)


def test_an_edit_cannot_smuggle_it_in(judging, scenario):
    async def story(world):
        ann = await world.person("telethon", "Ann")
        bob = await world.person("gramjs", "Bob")
        news = await world.public_channel(ann, "morning_papers")
        await bob.call("join", username="morning_papers")
        sent = await ann.call("send", peer=news, text="Good morning")
        await bob.event("new_message", text="Good morning")
        edited = await ann.call("edit", peer=news, id=sent["id"], text=OFFER)
        assert edited["text"].startswith("This message was removed")
        seen = await bob.event("edit_message")
        assert seen["text"] == edited["text"]

    scenario(story, judging)


@pytest.fixture
def reader():
    """A chat model's endpoint that takes one phrase for an offer, and remembers what it was asked."""
    class Answer(http.server.BaseHTTPRequestHandler):
        asked, tokens = [], set()

        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            post = body["messages"][1]["content"]
            self.asked.append(post)
            self.tokens.add(self.headers["Authorization"])
            score = 0.97 if "usual place" in post else 0
            content = json.dumps({"categories": {"illegal_goods": score}})
            answer = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    server.answer = Answer
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_second_stage_reads_what_the_first_is_not_sure_about(own_server, scenario, reader):
    path = policy(own_server, "unsure")
    path.write_text(path.read_text().replace("[[rule]]", "[second_stage]\nfrom = 0.0\nto = 0.5\n\n[[rule]]"))
    own_server.config = (f'[safety]\npolicy = "{path}"\nsecond_stage_token = "a-token"\n'
                         f'second_stage_url = "http://127.0.0.1:{reader.server_address[1]}/v1/chat/completions"\n')
    own_server.start()

    async def story(world):
        ann = await world.person("telethon", "Ann")
        bob = await world.person("gramjs", "Bob")
        await world.friends(ann, bob)
        news = await world.public_channel(ann, "usual_papers")
        await bob.call("join", username="usual_papers")
        await ann.call("send", peer=news, text="Good morning, readers")
        await ann.call("send", peer=bob.user["id"], text="meet me at the usual place")
        await ann.call("send", peer=news, text="the walk starts at the usual place")
        await bob.event("new_message", text="the walk starts at the usual place")
        seen = await bob.event("edit_message")
        assert seen["text"].startswith("This message was removed")
        assert reader.answer.asked == ["Good morning, readers", "the walk starts at the usual place"]
        assert reader.answer.tokens == {"Bearer a-token"}

    scenario(story, own_server)


def test_a_policy_with_a_fault_is_refused_at_the_start(own_server):
    path = policy(own_server, "faulty", effect="vanish")
    own_server.config = f'[safety]\npolicy = "{path}"\n'
    with pytest.raises(RuntimeError, match="faulty.toml:9: effect"):
        own_server.start()
    path.write_text(POLICY.format(version="x", at_least=0.5, effect="remove").replace("illegal-goods", "no-such-clause"))
    with pytest.raises(RuntimeError, match='clause "no-such-clause" is not in the rules'):
        own_server.start()


def test_rules_are_read_again_without_a_restart(judging, scenario):
    async def story(world):
        ann = await world.person("telethon", "Ann")
        news = await world.public_channel(ann, "papers_again")
        assert (await ann.call("send", peer=news, text=OFFER))["text"].startswith("This message was removed")

        good = judging.policy.read_text()
        judging.policy.write_text(POLICY.format(version="broken", at_least=0.5, effect="vanish"))
        config = str(judging.data.parent / f"{judging.data.name}.toml")
        refused = judging.run("reload", "--config", config)
        assert refused.returncode == 1 and "effect must be one of" in refused.stderr
        judging.process.send_signal(signal.SIGHUP)  # as an administrator might, without asking first
        while "the rules stay as they were" not in judging.log_path.read_text():
            await asyncio.sleep(0.05)
        assert (await ann.call("send", peer=news, text=OFFER))["text"].startswith("This message was removed")

        judging.policy.write_text(good.replace('"strict"', '"lax"').replace('effect = "remove"', 'effect = "review"'))
        assert "reads its rules again: policy lax" in judging.run("reload", "--config", config).stdout
        while "rules in force: policy lax" not in judging.log_path.read_text():
            await asyncio.sleep(0.05)
        assert (await ann.call("send", peer=news, text=OFFER))["text"] == OFFER

    scenario(story, judging)
