"""What a transparency report tells of authorities' requests, and what each entry of the legal book is proven to be."""

import json
import re
import shutil
import sqlite3
import time

from test_bots import open_chat, until
from test_console import Console, staff
from test_ledger import get, key
from test_transparency import DAY, day, mirror, mirror_proofs, verify

CELLS = {"filed": "legal/epoc/DE/received", "disclosed": "legal/epoc/DE/disclosed", "removed": "content/illegal_goods/remove/person",
         "decided": "content/terrorism/remove/person"}


def check_entries(server, entries, place):
    for one in entries:
        (place / "opening").write_text(one["opening"])
        (place / "proof").write_text(one["proof"])
        done = verify("entry", place / "opening", place / "proof", "--key", key(server), "--log", server.url("/ledger"))
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["cell"] == CELLS[one["what"]]
        assert "actor" not in one["opening"], "who of the staff it was stays with the staff"


async def check_disclosed(server, who, number, place):
    """Whose data it was opens the disclosure's entry with the bot, and checks it without this server's code."""
    bot = await open_chat(who, "transparency")
    await who.call("send", peer=bot.id, text=f"/entry L{number}")
    opening = await until(who, bot, "heliograph-ledger-opening v1")
    sent = (await who.invoke("messages.getHistory", peer=bot.id, limit=2)).messages[1].message
    proof = get(server, "/ledger/proof/" + re.search(r"/ledger/proof/(\d+)", sent)[1])[0].decode()
    check_entries(server, [{"what": "disclosed", "opening": opening.message + "\n", "proof": proof}], place)
    await who.call("send", peer=bot.id, text=f"/entry L{number + 1}")
    await until(who, bot, "no decision about you")


TIMES = {"ledger_trees": ["at"], "legal_requests": ["received_at"], "reports": ["at", "settled_at"], "appeals": ["at", "decided_at"],
         "cases": ["opened_at", "decided_at"], "guard_term_events": ["at"]}


def check_report(server, place):
    """Drafted, read and published in the console; then checked by a program of its own, proof by proof. Gives its document."""
    server.stop()
    # All that counts was forty days ago.
    with sqlite3.connect(server.data / "store.sqlite") as database:
        for table, columns in TIMES.items():
            for column in columns:
                database.execute(f"UPDATE {table} SET {column} = {column} - ? WHERE {column} != 0", (40 * DAY,))
    server.config += "[transparency]\nthreshold = 1\n"
    server.start()
    # A program's token counts as stepped up; what passes a gate takes a person, a report does not.
    approver, officer = (Console(server, staff(server, "token", name)) for name in ("Ben", "Ana"))
    now = time.time()
    period = {"from": day(now - 60 * DAY), "to": day(now - 20 * DAY)}
    assert officer.ask("POST", "/reports", period)[0] == 403
    assert approver.ask("POST", "/reports", {"from": period["from"], "to": "2999-01-01"})[1]["code"] == "PERIOD_FUTURE"
    status, draft = approver.ask("POST", "/reports", period)
    assert status == 201, draft
    address = f"/reports/{draft['id']}"
    assert approver.ask("POST", address + "/publish", {})[1]["code"] == "REPORT_NOT_REVIEWED"
    status, reviewed = approver.ask("POST", address + "/review", {"words": "One request."})
    assert status == 200 and reviewed["reviewed_by"] == "Ben" and reviewed["words"] == "One request."
    deadline = time.time() + 60
    while True:
        status, out = approver.ask("POST", address + "/publish", {})
        if status == 200:
            break
        assert out["code"] == "LEDGER_PROOFS_MISSING" and time.time() < deadline, out
        time.sleep(0.5)
    assert out["state"] == "published"
    assert approver.ask("POST", address + "/publish", {})[1]["code"] == "PUBLIC_REPORT_PUBLISHED"
    assert approver.ask("POST", "/reports", period)[1]["code"] == "REPORT_REASON_MISSING"
    assert [one["state"] for one in officer.ask("GET", "/reports")[1]["items"]] == ["published"]

    figures = {one["id"]: one for one in out["figures"]}
    assert figures["legal.requests"]["rows"][0]["labels"] == ["epoc", "DE"]
    assert figures["legal.requests"]["rows"][0]["values"][:6] == [1, 1, 0, 0, 0, 0]
    assert {tuple(row["labels"]): row["values"] for row in figures["legal.data"]["rows"]} == {
        ("phone_number",): [1, 1], ("ip_addresses",): [1, 1]}
    assert figures["legal.accounts"]["rows"][0]["values"] == [1, 1]

    name = out["name"]
    document = get(server, f"/transparency/reports/{name}.json")[0]
    (place / "report.json").write_bytes(document)
    (place / "report.note").write_bytes(get(server, f"/transparency/reports/{name}.note")[0])
    legal = next(one for one in json.loads(document)["tallies"] if one["book"] == "legal")
    assert legal["counts"]["legal/epoc/DE/disclosed"] == 1
    assert legal["counts"]["legal/emergency/DE/refused-press"] == 0, "every cell of a country that may ask is named"
    log = place / "log"
    mirror(server, log)
    mirror_proofs(server, log, legal["end"])

    def check(where):
        return verify("report", place / "report.json", place / "report.note", "--key", key(server), "--log", where)

    done = check(log)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["legal_entries_proven"] == found["legal_entries"] >= 4
    assert len((log / "cells/index").read_text().splitlines()) >= 156
    # Another list, another order: the proofs are about this one.
    for change in (lambda cells: list(reversed(cells)), lambda cells: cells[:-1], lambda cells: ["legal/epoc/FR/received", *cells[1:]]):
        forged = place / "forged"
        shutil.rmtree(forged, ignore_errors=True)
        shutil.copytree(log, forged)
        cells = change((forged / "cells/index").read_text().splitlines())
        (forged / "cells/index").write_text("".join(f"{cell}\n" for cell in cells))
        done = check(forged)
        assert done.returncode == 1 and "entr" in done.stderr, done.stdout
    return document.decode()
