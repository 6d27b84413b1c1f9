"""One server that lives through communities, safety, search and the legal desk, and the report about all of it: checked by a program
that shares no code with the server, refused with one digit changed, in the regulation's form, and told by the bot in foreign clients."""

import asyncio
import json
import re
import shutil

import pytest

import annex_check
from conftest import LIBRARIES
from legal_report import check_disclosed, check_entries, check_report
from test_bots import open_chat, until
from test_client_report import decide
from test_console import member_of_staff, staff
from test_ledger import key
from test_legal import ceremony, disclose, has_been_told, tool
from test_moderation import OFFER, judging  # noqa: F401 (a fixture)
from test_reports import ask, choose, notices
from test_safe_search import report_word, told
from test_transparency import schema_errors, sign_report, verify

WORD = "blue fairy"
AUTOMATED, PERSON = 3, 4


async def communities(world):
    """A public channel with a reader and a group of both, where a machine takes down what it may."""
    ann, bob = await world.person("telethon", "Ann"), await world.person("gramjs", "Bob")
    news = await world.public_channel(ann, "whole_news", title="Whole news")
    talk = await world.public_channel(ann, "whole_talk", title="Whole talk", broadcast=False)
    for name in ("whole_news", "whole_talk"):
        await bob.call("join", username=name)
    await bob.call("send", peer=talk, text="Good morning")
    for number in range(AUTOMATED):
        sent = await ann.call("send", peer=news, text=f"{OFFER} {number}")
        assert "was removed" in sent["text"], sent
    return ann, bob, news


def notice(server, post, token=None):
    """By somebody without an account, or with a flagger's or an authority's token."""
    body = {"location": f"https://t.me/whole_news/{post}", "option": "goods/drugs", "reason": "It sells pills.", "country": "DE"}
    if token is None:
        body.update(name="A Reader", email="reader@example.org", good_faith=True)
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    status, answer = ask(server, "/api/public/notices", json.dumps(body).encode(), headers)
    assert status == 201, answer
    return json.loads(answer)


async def safety(server, ann, bob, news, place):
    """People decide on a member's report, on one through the form, on a trusted flagger's and on an authority's order; the first of
    these decisions is appealed, and was wrong."""
    mia = member_of_staff(server, "Mia", "senior-moderator")
    tokens = [None, *(server.run("flagger", "add", "--name", name, *more).stdout.strip()
                      for name, *more in (("hotline",), ("police", "--authority")))]
    posts = [await ann.call("send", peer=news, text=text) for text in
             ("the corner shop has everything", "ask me for the menu", "tonight as always", "under the bridge")]
    assert (await choose(bob, news, [posts[0]["id"]], "Illegal goods or services", "Drugs"))._ == "reportResultReported"
    [mine] = {int(n) for text in await notices(bob) for n in re.findall(r"it is case (\d+)", text)}
    filed = [notice(server, post["id"], token) for post, token in zip(posts[1:], tokens)]
    assert all("entry" not in json.loads(ask(server, f"/api/public/notices/{one['receipt']}")[1]) for one in filed)
    for case in (mine, *(one["case"] for one in filed)):
        decide(mia, case, "remove", "It sells pills.")

    # Whoever has no account has the entry with the receipt, and checks it without this server's code.
    await asyncio.sleep(3)
    for one in filed:
        state = json.loads(ask(server, f"/api/public/notices/{one['receipt']}")[1])
        assert state["state"] == "upheld", state
        proof = ask(server, state["entry"]["proof"])[1]
        check_entries(server, [{"what": "removed", "opening": state["entry"]["opening"], "proof": proof}], place)
        assert "heliograph-ledger-opening v1" in ask(server, f"/report/status?receipt={one['receipt']}")[1]

    letter = await told(ann, "the corner shop has everything", "Decided by a moderator.")
    [[button]] = [row.buttons for row in letter.reply_markup.rows]
    helper = await open_chat(ann)
    start = re.fullmatch(r"tg://resolve\?domain=searchreport&start=(appeal_\d+)", (button.type or button).url)[1]
    await ann.call("send", peer=helper.id, text=f"/start {start}")
    await until(ann, helper, "Write it in one message")
    await ann.call("send", peer=helper.id, text="It is a shop for flowers.")
    await until(ann, helper, "has been taken")
    noah = member_of_staff(server, "Noah", "senior-moderator")
    [appeal] = noah.ask("GET", "/appeals")[1]["items"]
    status, done = noah.ask("POST", f"/appeals/{appeal['id']}/decide", {"verdict": "upheld", "reason": "It sells flowers."})
    assert status == 200, done
    await told(ann, "It sells flowers.")
    assert "the corner shop has everything" in [m["text"] for m in await ann.call("history", peer=news)]
    return mia


async def search(mia, bob):
    """A word is reported with the bot, and guarded."""
    await report_word(bob, await open_chat(bob), WORD)
    [term] = mia.ask("GET", "/terms?state=proposed")[1]["items"]
    status, done = mia.ask("POST", f"/terms/{term['id']}/guard", {"version": term["version"], "effect": "block", "category": "illegal_goods",
                                                                  "reason": "It is slang for a drug."})
    assert status == 200, done


async def ask_the_bot(world, name):
    """What the report says of a country, in every foreign client."""
    for library in LIBRARIES:
        dan = await world.person(library, "Dan")
        bot = await open_chat(dan, "transparency")
        await dan.call("send", peer=bot.id, text="Germany")
        said = (await until(dan, bot, "Requests of authorities, Germany:")).message
        assert "\nepoc, disclosed: 1\n" in said and f"/transparency/reports/{name}" in said, said
        assert "No report" not in said
        await dan.call("send", peer=bot.id, text=f"Germany {name[:4]}")
        await until(dan, bot, "epoc, received: 1")
        await dan.call("send", peer=bot.id, text="France")
        await until(dan, bot, "None has ever been entered")


def rows(report, figure):
    found = next(one for one in report["figures"] if one["id"] == figure)
    labels = len(found["labels"])
    return {tuple(row[:labels]): row[labels:] for row in found["rows"]}


def check_figures(report):
    """The same story, in numbers."""
    counts = {cell: n for tally in report["tallies"] for cell, n in tally["counts"].items() if n}
    assert counts["content/illegal_goods/remove/automated"] == AUTOMATED, counts
    assert counts["content/illegal_goods/remove/person"] == PERSON
    assert counts["content/illegal_goods/reversed/person"] == 1
    assert counts["search/illegal_goods/block/person"] == 1
    assert counts.get("legal/epoc/DE/disclosed") == counts.get("legal/epoc/DE/told") == 1, counts
    by_source = {label[1]: values for label, values in rows(report, "decisions.by_source").items()}
    # What was taken back has its statement still.
    assert {source: values[1] for source, values in by_source.items()} == {
        "own_initiative": 0, "member_notice": 2, "trusted_flagger": 1, "authority_order": 1}, by_source
    assert by_source["own_initiative"][0] >= 1
    assert rows(report, "reports.received")[("trusted_flagger",)][:2] == [1, 1]
    assert rows(report, "orders.act") and rows(report, "appeals")[("person",)][:3] == [1, 1, 0]
    assert rows(report, "search.terms") and rows(report, "legal.accounts")[()] == [1, 1]


@pytest.mark.timeout(1800)
def test_what_a_server_lived_through_is_reported_and_checked(judging, scenario, tmp_path):  # noqa: F811
    server = judging
    ceremony(server, tmp_path)
    box_key = tool("legal", "key", "--key", tmp_path / "officer.key").strip()

    async def story(world):
        ann, bob, news = await communities(world)
        mia = await safety(server, ann, bob, news, tmp_path)
        await search(mia, bob)
        number = await disclose(server, tmp_path, ann, box_key)
        await has_been_told(ann)
        await check_disclosed(server, ann, number, tmp_path)
        await asyncio.sleep(3)  # what was done last is in the log with the next batch

    scenario(story, server)
    document = check_report(server, tmp_path)
    assert schema_errors(document) == ""
    report = json.loads(document)
    check_figures(report)

    # Somebody who trusts nobody has downloaded it. One digit changed, and it fails, also when the server itself signs the change.
    server.log_verifier_key = key(server)
    cell = '"content/illegal_goods/remove/person": '
    forged = document.replace(f"{cell}{PERSON}", f"{cell}{PERSON - 1}", 1)
    assert forged != document
    for text, note, holds in ((document, None, True), (forged, None, False), (document, sign_report(server, document), True),
                              (forged, sign_report(server, forged), False)):
        (tmp_path / "try.json").write_text(text, newline="")
        (tmp_path / "try.note").write_text(note or (tmp_path / "report.note").read_text(), newline="")
        done = verify("report", tmp_path / "try.json", tmp_path / "try.note", "--key", key(server), "--log", server.url("/ledger"))
        assert (done.returncode == 0) == holds, done.stdout + done.stderr

    annex = tmp_path / "annex"
    period = ["--from", report["from"], "--to", report["to"]]
    done = server.run("transparency", "report", *period, "--format", "annex", "--out", str(annex))
    assert done.returncode == 0, done.stderr
    parts = annex_check.check(annex)
    automated = {(line[4], line[5]): line[6] for line in parts["8_automated_means.csv"][1:]}
    people = "Number of notices not processed by automated means"
    assert (automated[people, "NAM Total"], automated[people, "NAM Trusted Flagger"]) == ("3", "1")
    orders = {(line[3], line[5]): line[6] for line in parts["3_member_states_orders.csv"][1:]}
    assert orders["TOTAL", "TOTAL"] == orders["TOTAL", "DE"] == "1"
    # The checker is one: a line lost, a number that is none.
    for change in (lambda text: text.replace("\r\n", "\n"), lambda text: text.rsplit("\r\n", 2)[0] + "\r\n",
                   lambda text: text.replace(",0,", ",x,", 1), lambda text: text.replace(",0,", ",9,", 1)):
        shutil.copytree(annex, tmp_path / "wrong", dirs_exist_ok=True)
        path = tmp_path / "wrong/4_notices.csv"
        path.write_bytes(change(path.read_bytes().decode()).encode())
        with pytest.raises(AssertionError):
            annex_check.check(tmp_path / "wrong")
    scenario(lambda world: ask_the_bot(world, f"{report['from']}/{report['to']}/1"), server)
