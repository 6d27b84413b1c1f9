"""A transparency report, checked by a program that shares no code with the server: good ones, and all that is wrong."""

import asyncio
import base64
import copy
import csv as csv_module
import hashlib
import http.server
import json
import re
import shutil
import sqlite3
import subprocess
import threading
import time
import urllib.error
import urllib.request

import pytest

from conftest import HERE, LIBRARIES, NODE, ROOT
from test_bots import open_chat, press, until
from test_ledger import get, key, ours, size
from test_moderation import OFFER, judging  # noqa: F401 (a fixture)

VERIFIER = ROOT / "build/verify-report"
DAY = 86_400


def day(at):
    return time.strftime("%Y-%m-%d", time.gmtime(at))


def verify(*arguments):
    return subprocess.run([str(VERIFIER), *map(str, arguments)], capture_output=True, text=True, timeout=120)


def log_key(server):
    """What the log signs with, for lies that only the server itself can tell."""
    seed = bytes.fromhex((server.data / "ledger.key").read_text().strip())
    path = server.data.parent / (server.data.name + ".pem")
    der = bytes.fromhex("302e020100300506032b657004220420") + seed
    path.write_text("-----BEGIN PRIVATE KEY-----\n" + base64.b64encode(der).decode() + "\n-----END PRIVATE KEY-----\n")
    return path


def sign(server, text):
    name, key_id, _ = key_of(server).split("+", 2)
    words = server.data.parent / (server.data.name + ".text")
    words.write_text(text)
    made = subprocess.run(["openssl", "pkeyutl", "-sign", "-rawin", "-inkey", str(log_key(server)), "-in", str(words)],
                          capture_output=True, check=True).stdout
    return f"{text}\n— {name} {base64.b64encode(bytes.fromhex(key_id) + made).decode()}\n"


def key_of(server):
    return server.log_verifier_key


def sign_report(server, document):
    report, _ = json.JSONDecoder().raw_decode(document)
    name = f"{report['from']}/{report['to']}/{report['version']}"
    digest = base64.b64encode(hashlib.sha256(document.encode()).digest()).decode()
    origin = key_of(server).split("+")[0]
    return sign(server, f"heliograph-transparency-report v1\n{origin}\n{name}\n{digest}\n")


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Made once by test_a_report_is_published, for the tests after it."""
    return {"folder": tmp_path_factory.mktemp("report")}


SCHEMA = ROOT / "docs/api/transparency-report.schema.json"


def schema_errors(document):
    """What in a report is not as the published schema has it; empty: it fits."""
    done = subprocess.run([NODE, str(HERE / "clients/schema_check.mjs"), str(SCHEMA)], input=document, capture_output=True,
                          text=True, timeout=60)
    assert done.returncode in (0, 1), done.stderr
    return done.stderr.strip()


def mirror(server, folder):
    """A copy of the log, as files."""
    (folder / "tile/entries").mkdir(parents=True)
    entries = size(server)
    assert entries < 256 * 256
    (folder / "checkpoint").write_bytes(get(server, "/ledger/checkpoint")[0])
    widths = [(level, n, min(256, (entries >> 8 * level) - n * 256))
              for level in (0, 1) for n in range(((entries >> 8 * level) + 255) // 256)]
    for kind, n, width in [(str(level), n, width) for level, n, width in widths] + \
            [("entries", n, width) for level, n, width in widths if level == 0]:
        name = f"tile/{kind}/{n:03}" + ("" if width == 256 else f".p/{width}")
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(get(server, "/ledger/" + name)[0])


def mirror_proofs(server, folder, end):
    """And what its entries before `end` are proven with, once that is there."""
    for n in range((end + 255) // 256):
        width = min(256, end - n * 256)
        name = f"cells/proofs/{n:03}" + ("" if width == 256 else f".p/{width}")
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(proofs_of(server, "/ledger/" + name))
    # In a folder, a name cannot be a file and hold others: the list has its own.
    (folder / "cells/index").write_bytes(get(server, "/ledger/cells")[0])


def published_once_proven(run, number):
    until_then = time.time() + 60
    while True:
        done = run("publish", number)
        if done.returncode == 0 or "not made yet" not in done.stderr or time.time() > until_then:
            return done
        time.sleep(0.5)


def proofs_of(server, path):
    until_then = time.time() + 60
    while True:
        try:
            return get(server, path)[0]
        except urllib.error.HTTPError as error:
            assert error.code == 404 and time.time() < until_then, path
            time.sleep(0.5)


def test_a_report_is_published(judging, scenario, published):  # noqa: F811
    server = judging
    folder = published["folder"]

    async def story(world):
        ann = await world.person("telethon", "Ann")
        await world.person("telethon", "Bob")
        news = await world.public_channel(ann, "papers_again")
        for number in range(8):
            await ann.call("send", peer=news, text=f"{OFFER} {number}")
        before = size(server)
        while size(server) <= before + 12:
            await asyncio.sleep(0.1)

        # Whom a decision affects can have its entry opened, and check it without this server's code.
        bot = await open_chat(ann, "transparency")
        await ann.call("send", peer=bot.id, text="/entry 999")
        await until(ann, bot, "no decision about you")
        await ann.call("send", peer=bot.id, text="/entry 1")
        opening = await until(ann, bot, "heliograph-ledger-opening v1")
        told = (await ann.invoke("messages.getHistory", peer=bot.id, limit=2)).messages[1].message
        (folder / "opening").write_text(opening.message + "\n")
        leaf = re.search(r"/ledger/proof/(\d+)", told)[1]
        (folder / "proof").write_bytes(get(server, "/ledger/proof/" + leaf)[0])
        own = ["entry", folder / "opening", folder / "proof", "--key", key(server), "--log", server.url("/ledger")]
        done = verify(*own)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["cell"] == "content/illegal_goods/remove/automated"
        (folder / "forged").write_text(opening.message.replace(base64.b64encode(b"message.withhold").decode(),
                                                               base64.b64encode(b"message.return").decode()) + "\n")
        own[1] = folder / "forged"
        forged = verify(*own)
        assert forged.returncode == 1 and "commits to something else" in forged.stderr
        (folder / "opening").write_text(opening.message)
        looked = ours(server, "--key", key(server), "--opening", folder / "opening")
        assert looked.returncode == 0 and f"opening is entry {leaf}\n" in looked.stdout, looked
        looked = ours(server, "--key", key(server), "--opening", folder / "forged")
        assert looked.returncode == 1 and "opens no entry of this log" in looked.stderr, looked

    scenario(story, server)
    server.log_verifier_key = key(server)
    # The batches were taken 40 days ago: the log itself holds no times.
    server.stop()
    with sqlite3.connect(server.data / "store.sqlite") as database:
        database.execute("UPDATE ledger_trees SET at = at - ?", (40 * DAY,))
    now = time.time()
    period = ["--from", day(now - 60 * DAY), "--to", day(now - 20 * DAY)]
    server.start()

    def run(*arguments):
        return server.run("transparency", *arguments)

    preview = run("report", *period)
    assert preview.returncode == 0, preview.stderr
    assert "Not published" in preview.stdout and "content/illegal\\_goods/remove/automated | 8 |" in preview.stdout
    future = run("report", "--from", day(now - DAY), "--to", day(now + DAY))
    assert future.returncode == 1 and "not over" in future.stderr

    draft = run("draft", *period)
    assert draft.returncode == 0, draft.stderr
    number = draft.stdout.strip()
    refused = run("publish", number)
    assert refused.returncode == 1 and "Nobody has reviewed" in refused.stderr
    (folder / "words.md").write_text("A quiet month.\n")
    assert run("review", number, "--by", "Eve", "--words", str(folder / "words.md")).returncode == 0
    # Nothing is published before each entry of the legal book has its proof.
    done = published_once_proven(run, number)
    assert done.returncode == 0, done.stderr
    assert run("publish", number).returncode == 1
    again = run("draft", *period)
    assert again.returncode == 1 and "Say why" in again.stderr

    document = run("report", *period, "--format", "json").stdout
    note = run("report", *period, "--format", "note").stdout
    assert json.loads(document)["words"] == "A quiet month.\n"
    (folder / "report.json").write_text(document, newline="")
    (folder / "report.note").write_text(note, newline="")
    mirror(server, folder / "log")
    mirror_proofs(server, folder / "log", json.loads(document)["tallies"][0]["end"])
    published.update(key=key(server), pem=log_key(server).read_text(), period=period)

    done = verify("report", folder / "report.json", folder / "report.note", "--key", key(server), "--log",
                  server.url("/ledger"), "--seen", folder / "seen")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["acts"] >= 8 and found["hidden"] > 100 and found["end"] <= found["tree"]
    assert found["legal_entries_proven"] == found["legal_entries"] > 0

    # Who is given another version is told why; it is about the same leaves.
    other = run("draft", *period, "--reason", "A word was missing.")
    assert other.returncode == 0, other.stderr
    assert run("review", other.stdout.strip(), "--by", "Eve").returncode == 0
    assert run("publish", other.stdout.strip()).returncode == 0
    second = json.loads(run("report", *period, "--format", "json").stdout)
    assert (second["version"], second["reason"]) == (2, "A word was missing.")
    assert second["tallies"][0]["end"] == json.loads(document)["tallies"][0]["end"]
    csv = run("report", *period, "--format", "csv").stdout
    assert "log.content,content/illegal_goods/remove/automated,acts,8" in csv
    annex = folder / "annex"
    assert run("report", *period, "--format", "annex", "--out", str(annex)).returncode == 0
    heads = {}
    for path in annex.iterdir():
        with open(path, newline="", encoding="utf-8") as file:
            lines = list(csv_module.reader(file, strict=True))
        assert len({len(line) for line in lines}) == 1, path
        heads[path.name] = lines[0]
    assert len(heads) == 11 and heads["9_human_resources.csv"][3:6] == ["Section", "Indicator", "Scope"]

    # The same over HTTP, for people and programs.
    name = f"{period[1]}/{period[3]}"
    assert get(server, f"/transparency/reports/{name}/1.json")[0].decode() == document
    assert get(server, f"/transparency/reports/{name}/1.note")[0].decode() == note
    page = get(server, "/transparency")[0].decode()
    assert "content/illegal_goods/remove/automated</th><td>8</td>" in page and "A word was missing." in page
    assert [r["version"] for r in json.loads(get(server, "/api/public/transparency")[0])["reports"]] == [2, 1]
    # What people and machines go by, for everybody.
    assert "# Guidelines for moderators" in get(server, "/transparency/guidelines")[0].decode()
    assert "eu.toml" in page
    assert b"cites" in get(server, "/transparency/jurisdictions/eu.toml")[0]
    check_own_entry_in_browser(server, folder)
    scenario(share_a_figure, server)
    scenario(lambda world: ask_and_follow(world, run, period), server)


async def ask_and_follow(world, run, period):
    """In any client: a country's numbers of any period, and a letter when the next report is out."""
    followers = []
    for library in LIBRARIES:
        dan = await world.person(library, "Dan")
        bot = await open_chat(dan, "transparency")
        await dan.call("send", peer=bot.id, text="Germany")
        shown = (await until(dan, bot, "Requests of authorities, Germany:")).message
        assert f"{period[1]} to {period[3]}, version 2" in shown and "acts on content" in shown
        assert f"/transparency/reports/{period[1]}/{period[3]}/2" in shown
        await dan.call("send", peer=bot.id, text="/periods")
        await press(dan, bot, await until(dan, bot, "Which period?"), f"{period[1]} – {period[3]}")
        await until(dan, bot, "Requests of authorities, Germany:")
        await dan.call("send", peer=bot.id, text=f"France {period[1]}")
        await until(dan, bot, "Requests of authorities, France:")
        await dan.call("send", peer=bot.id, text="France 1999")
        await until(dan, bot, "no published report on this time")
        await dan.call("send", peer=bot.id, text="/follow")
        await until(dan, bot, "/unfollow ends it")
        followers.append((dan, bot))
    number = run("draft", *period, "--reason", "Another word was missing.").stdout.strip()
    assert run("review", number, "--by", "Eve").returncode == 0
    assert published_once_proven(run, number).returncode == 0
    for dan, bot in followers:
        letter = (await until(dan, bot, "There is a new transparency report.", seconds=60)).message
        assert f"{period[1]} to {period[3]}, version 3" in letter


async def share_a_figure(world):
    """Any client sends a figure of the newest report into a chat, below the bot's name."""
    eve = await world.person("telethon", "Eve")
    for library in LIBRARIES:
        cid = await world.person(library, "Cid")
        bot = await open_chat(cid, "transparency")
        assert bot.bot_inline_placeholder
        met = (await cid.invoke("contacts.resolvePhone", phone=eve.phone)).users[0]
        offered = await cid.invoke("messages.getInlineBotResults", bot=bot.id, peer=met.id, query="", offset="")
        result = next(r for r in offered.results if r.title == "All countries together")
        assert "acts on content" in result.send_message.message
        await cid.invoke("messages.sendInlineBotResult", peer=met.id, random_id=77, query_id=offered.query_id, id=result.id)
        await eve.event("new_message", text=result.send_message.message)  # now her client knows whom it is from
        message = (await eve.invoke("messages.getHistory", peer=cid.id, limit=1)).messages[0]
        assert (message.via_bot_id, message.message) == (bot.id, result.send_message.message)
        nothing = await cid.invoke("messages.getInlineBotResults", bot=bot.id, peer=met.id, query="the weather", offset="")
        assert nothing.results == []


def check_own_entry_in_browser(server, folder):
    """On the page of the log that the entry is in: another server's log has another key."""
    def own(opening):
        done = subprocess.run([NODE, str(HERE / "clients/browser_page.mjs"), server.url("/transparency"),
                               shutil.which("chromium"), str(opening), str(folder / "proof")], capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        assert found["verdict"].startswith("It holds.") and found["problems"] == [], found
        return found["own"]

    found = own(folder / "opening")
    assert found.startswith("It holds.") and "content/illegal_goods/remove/automated" in found, found
    assert "commits to something else" in own(folder / "forged")


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_bot_answers_in_a_foreign_client(scenario, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        bot = await open_chat(ann, "transparency")
        full = (await ann.invoke("users.getFullUser", id=bot.id)).full_user
        assert {"country", "periods", "check", "follow"} <= {c.command for c in full.bot_info.commands}
        await ann.call("send", peer=bot.id, text="/start")
        await until(ann, bot, "No report has been published yet")
        await ann.call("send", peer=bot.id, text="/check")
        await until(ann, bot, "/transparency#check")
        await ann.call("send", peer=bot.id, text="/follow")
        await until(ann, bot, "/unfollow ends it")

    scenario(story)


class Forger:
    """The server itself, with its key, telling lies."""

    def __init__(self, published, folder):
        self.data = folder / "forger"
        self.data.mkdir()
        self.log_verifier_key = published["key"]
        (self.data / "ledger.key").write_text("00" * 32)
        self.pem = published["pem"]


@pytest.fixture
def forger(published, tmp_path, monkeypatch):
    if "key" not in published:
        pytest.skip("there is no report")
    made = Forger(published, tmp_path)
    path = tmp_path / "key.pem"
    path.write_text(made.pem)
    monkeypatch.setattr("test_transparency.log_key", lambda server: path)
    return made


def check(published, document, note, log=None, *more):
    folder = published["folder"]
    (folder / "try.json").write_text(document, newline="")
    (folder / "try.note").write_text(note, newline="")
    return verify("report", folder / "try.json", folder / "try.note", "--key", published["key"], "--log",
                  log or folder / "log", *more)


def content(report):
    return next(t for t in report["tallies"] if t["book"] == "content")


def count_changed(report):
    content(report)["counts"]["content/illegal_goods/remove/automated"] += 1


def leaf_dropped(report):
    content(report)["counts"]["content/illegal_goods/remove/automated"] -= 1


def hidden_sum_changed(report):
    content(report)["hidden"]["sum"] += 1


def cell_renamed(report):
    counts = content(report)["counts"]
    counts["content/illegal_goods/remove/person"] = counts.pop("content/illegal_goods/remove/automated")
    hidden = content(report)["hidden"]["cells"]
    hidden[hidden.index("content/illegal_goods/remove/person")] = "content/illegal_goods/remove/automated"
    hidden.sort()


def hidden_cell_renamed(report):
    cells = content(report)["hidden"]["cells"]
    cells[0] = cells[0][:-1]


def range_cut(report):
    for tally in report["tallies"]:
        tally["end"] -= 1


def range_shifted(report):
    for tally in report["tallies"]:
        tally["first"] += 12


def proof_of_another_report(report):
    report["to"] = "2031-01-01"


def bits_exchanged(report):
    bits = content(report)["proof"]["bits"]
    bits[0], bits[1] = bits[1], bits[0]


def book_left_out(report):
    report["tallies"].pop()


def hidden_is_shown(report):
    tally = content(report)
    tally["counts"][tally["hidden"]["cells"].pop(0)] = 0


def test_the_document_is_as_its_schema_says(published):
    if "key" not in published:
        pytest.skip("there is no report")
    if not (ROOT / "web/node_modules/ajv").exists():
        pytest.skip("the pages have not been built")
    document = (published["folder"] / "report.json").read_text()
    assert schema_errors(document) == ""
    for change in (lambda report: report.update(more=1), lambda report: report.pop("words"),
                   lambda report: report.update({"from": "yesterday"}), lambda report: report["tallies"].pop(),
                   lambda report: content(report)["counts"].update({"a b": 1}),
                   lambda report: content(report)["hidden"].update(sum=-1),
                   lambda report: content(report)["proof"].update(more=""),
                   lambda report: report["figures"][0]["rows"].append([1.5])):
        report = json.loads(document)
        change(report)
        assert schema_errors(json.dumps(report)) != "", report


LIES = [count_changed, leaf_dropped, hidden_sum_changed, cell_renamed, hidden_cell_renamed, range_cut, range_shifted,
        proof_of_another_report, bits_exchanged, book_left_out, hidden_is_shown]


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: lie.__name__)
def test_a_lie_in_the_report_is_caught(published, forger, lie):
    document = (published["folder"] / "report.json").read_text()
    report, _ = json.JSONDecoder().raw_decode(document)
    honest = json.dumps(copy.deepcopy(report))
    done = check(published, honest, sign_report(forger, honest))
    assert done.returncode == 0, done.stderr
    lie(report)
    forged = json.dumps(report)
    # Somebody else's lie is not signed; the server's own does not add up.
    done = check(published, forged, (published["folder"] / "report.note").read_text())
    assert done.returncode == 1 and "signature" in done.stderr or "left out" in done.stderr, done.stderr
    done = check(published, forged, sign_report(forger, forged))
    assert done.returncode == 1 and done.stderr.strip(), done.stdout
    assert "signature" not in done.stderr


def test_a_lie_in_the_log_is_caught(published, forger, tmp_path):
    folder = published["folder"]
    document, note = (folder / "report.json").read_text(), (folder / "report.note").read_text()

    def with_bundle(change):
        log = tmp_path / "log"
        shutil.rmtree(log, ignore_errors=True)
        shutil.copytree(folder / "log", log)
        path = min((log / "tile/entries").rglob("*"), key=lambda p: (p.is_dir(), str(p)))
        path.write_bytes(change(path.read_bytes()))
        return check(published, document, note, log)

    def with_proofs(change):
        log = tmp_path / "log"
        shutil.rmtree(log, ignore_errors=True)
        shutil.copytree(folder / "log", log)
        path = min((log / "cells/proofs").rglob("*"), key=lambda p: (p.is_dir(), str(p)))
        path.write_bytes(change(path.read_bytes()))
        return check(published, document, note, log)

    # A proof about an empty list: 4 + 32 * 10 bytes.
    assert with_proofs(lambda proofs: proofs).returncode == 0
    for change in (lambda p: p[324:], lambda p: p + p[:324], lambda p: p[324:648] + p[:324] + p[648:],
                   lambda p: p[:323] + bytes([p[323] ^ 1]) + p[324:], lambda p: b"", lambda p: p[:324] + p[:324] + p[648:]):
        done = with_proofs(change)
        assert done.returncode == 1 and ("proof" in done.stderr or "proven" in done.stderr), done

    assert with_bundle(lambda bundle: bundle).returncode == 0
    for change in (lambda b: b[67:], lambda b: b[:67] + b, lambda b: b[67:134] + b[:67] + b[134:],
                   lambda b: b[:67] + b[:67] + b[134:], lambda b: b[:40] + bytes([b[40] ^ 1]) + b[41:]):
        done = with_bundle(change)
        assert done.returncode == 1, done.stdout


def test_a_forked_checkpoint_is_caught(published, forger, tmp_path):
    folder = published["folder"]
    report = json.loads((folder / "report.json").read_text())
    origin, entries, root = report["checkpoint"].split("\n")[:3]
    other = base64.b64encode(hashlib.sha256(b"another history").digest()).decode()
    report["checkpoint"] = sign(forger, f"{origin}\n{entries}\n{other}\n")
    forged = json.dumps(report)
    done = check(published, forged, sign_report(forger, forged))
    assert done.returncode == 1 and "two histories" in done.stderr
    # A log that forgets: what was seen once must be a beginning of it.
    (tmp_path / "seen").write_text(sign(forger, f"{origin}\n{int(entries) + 500}\n{other}\n"))
    document, note = (folder / "report.json").read_text(), (folder / "report.note").read_text()
    done = check(published, document, note, None, "--seen", tmp_path / "seen")
    assert done.returncode == 1 and "has been signed" in done.stderr


def test_a_document_that_reads_two_ways_is_refused(published, forger):
    document = (published["folder"] / "report.json").read_text()
    for forged in (document.replace('"version"', '"made_at": 1, "version"', 1), document + "{}",
                   document.replace('"words"', '"Words"', 1).replace('"schema"', '"words": "", "schema"', 1),
                   document.replace('"words"', '"more"', 1)):
        assert forged != document
        done = check(published, forged, sign_report(forger, forged))
        assert done.returncode == 1, done.stdout


@pytest.mark.parametrize("lie", [None, count_changed, hidden_sum_changed, cell_renamed, range_cut, bits_exchanged],
                         ids=lambda lie: lie.__name__ if lie else "none")
def test_the_check_of_the_pages_says_the_same(published, forger, lie):
    """What /transparency runs in the browser, here without one."""
    if not (ROOT / "web/node_modules/libsodium-wrappers-sumo").exists():
        pytest.skip("the pages have not been built")
    folder = published["folder"]
    report = json.loads((folder / "report.json").read_text())
    if lie:
        lie(report)
    document = json.dumps(report)
    (folder / "try.json").write_text(document, newline="")
    (folder / "try.note").write_text(sign_report(forger, document), newline="")
    done = subprocess.run([NODE, str(HERE / "clients/browser_check.mjs"), str(folder), published["key"]],
                          capture_output=True, text=True, timeout=120)
    assert done.returncode == (1 if lie else 0), done.stderr
    if not lie:
        assert json.loads(done.stdout)["acts"] >= 8


def test_the_page_checks_its_report_in_a_browser(own_server):
    chromium = shutil.which("chromium")
    if not chromium or not (ROOT / "web/node_modules/@playwright").exists():
        pytest.skip("there is no browser")
    server = own_server
    server.config = '[ledger]\nbatch_seconds = 1\npad_to = 30\n'
    server.start()
    while size(server) < 300:
        time.sleep(0.1)
    server.stop()
    with sqlite3.connect(server.data / "store.sqlite") as database:
        database.execute("UPDATE ledger_trees SET at = at - ?", (40 * DAY,))
    server.start()
    now = time.time()
    period = ["--from", day(now - 60 * DAY), "--to", day(now - 20 * DAY)]
    number = server.run("transparency", "draft", *period).stdout.strip()
    assert server.run("transparency", "review", number, "--by", "Eve").returncode == 0
    assert published_once_proven(lambda *what: server.run("transparency", *what), number).returncode == 0

    def verdict():
        done = subprocess.run([NODE, str(HERE / "clients/browser_page.mjs"), server.url("/transparency"), chromium],
                              capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    found = verdict()
    assert found["verdict"].startswith("It holds.") and found["problems"] == [], found
    assert found["entries"].startswith("It holds. Each of the "), found
    # Somebody changes a digit of what is stored: everybody sees it.
    with sqlite3.connect(server.data / "store.sqlite") as database:
        document, = database.execute("SELECT document FROM public_reports").fetchone()
        database.execute("UPDATE public_reports SET document = ?", (document.replace('"sum": 0', '"sum": 1', 1),))
    assert verdict()["verdict"].startswith("It does NOT hold: The signature is of another document.")


REQUIRED = {"decision_ground", "content_type", "category", "territorial_scope", "content_date", "application_date",
            "decision_facts", "source_type", "automated_detection", "automated_decision", "puid"}


@pytest.fixture
def statements():
    """Stands in for the DSA Transparency Database: its published rules, in short; src/transparency has all of them."""
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            taken = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["statements"]
            good = self.headers["Authorization"] == "Bearer X|secret" and 0 < len(taken) <= 100
            for statement in taken:
                good = good and REQUIRED <= statement.keys() and re.fullmatch(r"[A-Za-z0-9_-]{1,500}", statement["puid"])
                good = good and ("decision_visibility" in statement or "decision_account" in statement)
            stand_in.heard += taken if good else []
            self.send_response(201 if good else 422)
            self.end_headers()
            self.wfile.write(json.dumps({"statements": [{**s, "uuid": "u"} for s in taken]}).encode())

        def log_message(self, *_):
            pass

    stand_in = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stand_in.heard = []
    threading.Thread(target=stand_in.serve_forever, daemon=True).start()
    yield stand_in
    stand_in.shutdown()


def test_statements_of_reasons_are_sent(judging, scenario, statements):  # noqa: F811
    judging.stop()
    judging.config += (f'[transparency]\nstatements_url = "http://127.0.0.1:{statements.server_port}/api/v1/statements"\n'
                       'statements_token = "X|secret"\n')
    judging.start()

    async def story(world):
        ann = await world.person("telethon", "Ann")
        news = await world.public_channel(ann, "reasons_given")
        await ann.call("send", peer=news, text=OFFER)
        deadline = time.monotonic() + 25
        while not statements.heard:
            assert time.monotonic() < deadline, judging.log_path.read_text()[-2000:]
            await asyncio.sleep(0.1)
        assert await ann.call("send", peer=news, text="Good morning")

    scenario(story, judging)
    assert len(statements.heard) == 1, statements.heard
    statement = statements.heard[0]
    assert statement["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_REMOVED"]
    assert statement["category"] == "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS"
    assert statement["automated_decision"] == "AUTOMATED_DECISION_FULLY"
    assert "passport" not in json.dumps(statement).lower() and "Ann" not in json.dumps(statement)
