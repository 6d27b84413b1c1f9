"""The legal desk from end to end: three officers make a key, a foreign client is written down, an agency's officer in a
browser files a signed order, two people pass the gates, two of three officers open the rows, the officer reads the answer,
the member is told, and a stranger checks the log."""

import asyncio
import base64
import hashlib
import json
import subprocess
import time
from xml.etree import ElementTree

import pytest
from playwright.async_api import async_playwright

from conftest import BINARY, RpcError, Server
from legal_report import check_disclosed, check_entries, check_report
from test_console import Console, member_of_staff, staff

ASK = """async ({method, path, body}) => {
  const reply = await fetch('/api/portal' + path, {method, headers: {'Content-Type': 'application/json',
    'X-Heliograph-Portal': '1'}, body: body ? JSON.stringify(body) : undefined});
  return [reply.status, JSON.parse(await reply.text() || 'null')];
}"""
MAKE = """async options => (await navigator.credentials.create({publicKey:
  PublicKeyCredential.parseCreationOptionsFromJSON(options)})).toJSON()"""


@pytest.fixture
def desk_server():
    server = Server(config="[ledger]\nbatch_seconds = 1\n").start()
    yield server
    server.stop()


def tool(*arguments, said=""):
    done = subprocess.run([str(BINARY), *map(str, arguments)], input=said, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def ceremony(server, place):
    """Each line is for another officer's machine."""
    names = ["Ana", "Ben", "Cem"]
    plan = place / "plan.txt"
    tool("journal", "ceremony", "--shares", 3, "--threshold", 2, "--out", plan, *[x for n in names for x in ("--name", n)])
    for i in (1, 2, 3):
        tool("journal", "seat", "--plan", plan, "--share", i, "--out", place / f"seat{i}", "--secret-out",
             place / f"seat{i}.secret", said="a long enough passphrase\n")
    seats = [x for i in (1, 2, 3) for x in ("--seat", place / f"seat{i}")]
    for i in (1, 2, 3):
        tool("journal", "deal", "--plan", plan, "--share", i, *seats, "--out", place / f"deal{i}")
    deals = [x for i in (1, 2, 3) for x in ("--deal", place / f"deal{i}")]
    for i in (1, 2, 3):
        tool("journal", "finish", "--plan", plan, "--share", i, *seats, *deals, "--secret", place / f"seat{i}.secret",
             "--secret-out", place / f"share{i}.secret", "--key-out", place / f"key{i}", "--confirmation-out",
             place / f"confirmation{i}", said="a long enough passphrase\nanother long passphrase\n")
    tool("journal", "install", "--data", server.data, "--key", place / "key1",
         *[x for i in (1, 2, 3) for x in ("--confirmation", place / f"confirmation{i}")])


def signed_pdf(place):
    """What a signing tool makes of an order."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
                    "/CN=Staatsanwaltschaft Musterstadt", "-keyout", place / "order.key", "-out", place / "order.pem"],
                   check=True, capture_output=True)
    hole = 8192
    head = b"%PDF-1.7\n1 0 obj << /Type /Sig /SubFilter /ETSI.CAdES.detached /Contents "
    end = b"The user is to be identified.\nendobj\n%%EOF\n"
    second = len(head) + hole + 2
    span = b"/ByteRange [0 %04d %05d %04d] >> "
    tail = span % (len(head), second, len(span % (0, 0, 0)) + len(end)) + end
    (place / "content").write_bytes(head + tail)
    der = subprocess.run(["openssl", "cms", "-sign", "-binary", "-in", place / "content", "-signer", place / "order.pem",
                          "-inkey", place / "order.key", "-outform", "DER"], check=True, capture_output=True).stdout
    return head + b"<" + der.hex().encode().ljust(hole, b"0") + b">" + tail


def evidence(console, request, gate):
    gates = console.ask("GET", request)[1]["rules"]["gates"]
    told = {"breach": ("finding", "Order, page 2: sold what was never delivered."), "clause": ("clause", "fraud")}
    needs = [need["name"] for one in gates if one["gate"] == gate for need in one["needs"]]
    return dict(told.get(name, (name, "seen")) for name in needs)


def passed(console, request, gate):
    status, told = console.ask("POST", request + "/pass", {"gate": gate, "evidence": evidence(console, request, gate)})
    assert status == 200, told


def contribute(console, request, place, share):
    status, asked = console.ask("GET", request + "/question")
    assert status == 200, asked
    for one in asked["items"]:
        (place / f"question{share}").write_text(one["document"])
        shown = tool("journal", "contribute", "--key", place / "key1", "--secret", place / f"share{share}.secret",
                     "--question", place / f"question{share}", "--out", place / f"contribution{share}",
                     said="another long passphrase\n")
        assert "request" in shown
        status, told = console.ask("POST", request + "/contribute",
                                   {"key": one["key"], "document": (place / f"contribution{share}").read_text()})
        assert status == 200, told


async def eventually(what, seconds=90):
    for _ in range(seconds * 4):
        found = await what()
        if found:
            return found
        await asyncio.sleep(0.25)
    raise AssertionError("it did not happen")


def check_warrant(answered, form):
    """The request as an eWarrant, read by a reader of XML that knows nothing of it."""
    status, told = answered
    assert status == 200, told
    root = ElementTree.fromstring(told["document"].encode())
    core = "{http://uri.etsi.org/03120/common/2019/10/Core}"
    auth, task = ("{http://uri.etsi.org/03120/common/2020/09/%s}" % name for name in ("Authorisation", "Task"))
    assert root.tag == core + "HI1Message"
    created = root.findall(f"{core}Payload/{core}RequestPayload/{core}ActionRequests/{core}ActionRequest/{core}CREATE/{core}HI1Object")
    types = [one.get("{http://www.w3.org/2001/XMLSchema-instance}type") for one in created]
    assert types == ["auth:AuthorisationObject", "task:LDTaskObject", "task:LDTaskObject"]
    # In the order that the schema has its elements.
    order = ["Reference", "LegalType", "DesiredStatus", "Timespan", "ApprovalDetails", "ManualInformation", "LegalEntity"]
    assert [one.tag for one in created[0] if one.tag.startswith(auth)] == [auth + "Authorisation" + name for name in order]
    assert created[0].findtext(auth + "AuthorisationReference") == form["case_number"]
    for one in created[1:]:
        assert one.findtext(f"{core}AssociatedObjects/{core}AssociatedObject") == created[0].findtext(core + "ObjectIdentifier")
        assert one.findtext(f".//{task}Value") == form["identifier"].lstrip("+")


def openssl_cms(place, content, *more):
    return subprocess.run(["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", place / "answer.p7s", "-content", content,
                           "-CAfile", place / "answers.pem", "-partial_chain", "-purpose", "any", "-out", place / "verified", *more],
                          capture_output=True, text=True)


def check_cms(place, certificate, made_at):
    """The answer's second signature, as somebody else's tool sees it, with the certificate that the portal shows."""
    (place / "answers.pem").write_text(certificate["pem"])
    shown = subprocess.run(["openssl", "x509", "-in", place / "answers.pem", "-noout", "-fingerprint", "-sha256"],
                           check=True, capture_output=True, text=True).stdout
    assert shown.strip().split("=")[1].replace(":", "").lower() == certificate["sha256"]
    checked = openssl_cms(place, place / "answer.signed", "-cades")
    assert checked.returncode == 0, checked.stderr
    # What is signed is the two files, as they are kept, behind a line and a length.
    signed = (place / "answer.signed").read_bytes()
    assert signed.startswith(b"heliograph/disclosure/v3\n") and signed.endswith((place / "answer.pdf").read_bytes())
    printed = subprocess.run(["openssl", "cms", "-cmsout", "-print", "-inform", "DER", "-in", place / "answer.p7s"],
                             check=True, capture_output=True, text=True).stdout
    assert "signingCertificateV2" in printed and "signingTime" in printed, printed
    assert time.strftime("%H:%M:%S %Y GMT", time.gmtime(made_at)) in printed.replace("  ", " "), printed
    # A changed byte, and somebody else's certificate.
    at = signed.index(b"ip_addresses")
    (place / "changed.signed").write_bytes(signed[:at] + b"I" + signed[at + 1:])
    assert openssl_cms(place, place / "changed.signed").returncode != 0
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=other",
                    "-keyout", place / "other.key", "-out", place / "answers.pem"], check=True, capture_output=True)
    assert openssl_cms(place, place / "answer.signed").returncode != 0


async def officer(browser, ana, box_key):
    """An agency is admitted, and its officer enrols in a browser; what asks the portal for them, and their session."""
    agency = ana.ask("POST", "/legal/agencies", {"name": "Staatsanwaltschaft Musterstadt", "country": "DE",
                                                 "kind": "prosecutor"})[1]["id"]
    assert ana.ask("POST", f"/legal/agencies/{agency}/onboard",
                   {"call_back": "+49 30 1234", "number_source": "the federal register"})[0] == 204
    status, invited = ana.ask("POST", f"/legal/agencies/{agency}/officers", {"name": "Erika Muster"})
    assert status == 201, invited
    page = await browser.new_page(bypass_csp=True)
    await page.goto(invited["link"].split("/portal")[0] + "/.well-known/heliograph.json")
    devices = await page.context.new_cdp_session(page)
    await devices.send("WebAuthn.enable")
    await devices.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True}})

    async def portal(method, path, body=None):
        return await page.evaluate(ASK, {"method": method, "path": path, "body": body})

    token = invited["link"].split("/enrol/")[1]
    status, options = await portal("POST", "/enrolment/options", {"token": token})
    assert status == 200, options
    passkey = await page.evaluate(MAKE, options["options"])
    status, session = await portal("POST", "/enrolment", {
        "token": token, "box_key": box_key,
        "passkey": {"challenge_id": options["challenge_id"], "label": "laptop", "credential": passkey}})
    assert status == 200, session
    return portal, session


async def disclose(server, place, ann, box_key):
    """An agency is admitted and asks about Ann; two people pass the gates, two of three officers open the rows, and the
    agency's officer collects the answer. Gives the request's number."""
    ana = member_of_staff(server, "Ana", "legal-officer")
    ben = member_of_staff(server, "Ben", "legal-approver")
    cem = member_of_staff(server, "Cem", "legal-officer")
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        portal, session = await officer(browser, ana, box_key)
        now = int(time.time())
        form = {"identifier_kind": "phone", "identifier": ann.phone, "wants_phone": True, "wants_addresses": True,
                "from": now - 86_400, "to": now + 3_600, "issuer": "prosecutor",
                "issuer_name": "Staatsanwaltschaft Musterstadt", "case_number": "123 Js 456/26",
                "offence": "fraud, section 263 StGB", "legal_basis": "Regulation (EU) 2023/1543 Art. 5",
                "issued_at": now - 3_600, "suspicion": "Accused of having sold what was never delivered.",
                "necessity": "There is no other way."}
        status, filed = await portal("POST", "/requests", {"type": "epoc", "forms": [form]})
        assert status == 201, filed
        own, request = f"/requests/{filed['ids'][0]}", f"/legal/requests/{filed['ids'][0]}"
        order = signed_pdf(place)
        status, kept = await portal("POST", own + "/files", {"kind": "order", "name": "order.pdf",
                                                             "content": base64.b64encode(order).decode()})
        assert status == 201 and kept["sha256"] == hashlib.sha256(order).hexdigest()
        signature = kept["signatures"][0]
        assert signature["good"] and signature["whole"] and not signature["trusted"], signature

        check_warrant(ana.ask("GET", request + "/warrant"), form)
        for gate in ("authentic", "valid", "suspect"):
            passed(ana, request, gate)
        approval = {"evidence": evidence(ana, request, "approved")}
        assert ana.ask("POST", request + "/approve", approval)[1]["code"] == "ROLE_NOT_ALLOWED"
        status, approved = ben.ask("POST", request + "/approve", approval)
        assert status == 200, approved

        async def published():
            return ana.ask("GET", request + "/question")[0] == 200
        await eventually(published)
        contribute(ana, request, place, 1)
        assert ana.ask("POST", request + "/disclose", {})[1]["code"] == "GATE_MISSING"
        contribute(cem, request, place, 3)
        status, made = ana.ask("POST", request + "/disclose", {})
        assert status == 200, made

        status, collected = await portal("POST", own + "/collect", {})
        assert status == 200, collected
        assert (await portal("POST", own + "/collect", {}))[1] == collected
        digest = hashlib.sha256(base64.b64decode(collected["package"])).hexdigest()
        assert (await portal("POST", own + "/receipt", {"sha256": digest}))[0] == 200
        assert (await portal("POST", own + "/collect", {}))[1]["code"] == "PACKAGE_GONE"

        # What is entered of the request, to be checked by somebody else's program.
        status, entries = await portal("GET", own + "/entries")
        assert status == 200, entries
        assert [one["what"] for one in entries["items"]] == ["filed", "disclosed"]
        assert (await portal("GET", "/requests/999/entries"))[0] == 404
        check_entries(server, entries["items"], place)
        await browser.close()

    (place / "package").write_text(collected["package"])
    answer = json.loads(tool("legal", "open", "--key", place / "officer.key", "--package", place / "package",
                             "--signer", session["answers_signed_by"], "--pdf", place / "answer.pdf",
                             "--p7s", place / "answer.p7s", "--signed", place / "answer.signed"))
    check_cms(place, session["answers_certificate"], made_at=answer["made_at"])
    assert answer["phone_number"] == "+" + ann.phone.lstrip("+")
    assert {one["ip"] for one in answer["ip_addresses"]} == {"127.0.0.1"}
    assert all(one["port"] > 0 for one in answer["ip_addresses"])
    assert set(answer) == {"schema", "request", "made_at", "ledger", "phone_number", "ip_addresses"}
    return filed["ids"][0]


async def is_told(who):
    try:
        return any("we have disclosed" in m["text"] for m in await who.call("history", peer=777000))
    except RpcError:
        return False  # the client has not heard of the service account before it writes


async def has_been_told(who):
    await eventually(lambda: is_told(who))


def test_from_the_order_to_the_notice(scenario, desk_server, tmp_path):
    server = desk_server
    ceremony(server, tmp_path)
    box_key = tool("legal", "key", "--key", tmp_path / "officer.key").strip()

    async def story(world):
        await asyncio.sleep(2)  # the server looks for a key once a second
        ann = await world.person("telethon", "Ann")
        rows = tool("journal", "status", "--data", server.data)
        assert not rows.startswith("0 rows"), rows
        number = await disclose(server, tmp_path, ann, box_key)
        await has_been_told(ann)
        await check_disclosed(server, ann, number, tmp_path)
        staff(server, "add", "--role", "auditor", "--name", "Eva")
        auditor = Console(server, staff(server, "token", "Eva"))
        acts = auditor.ask("GET", "/legal/acts")[1]["items"]
        assert {act.get("gate") for act in acts if act["what"] == "passed"} == {
            "authentic", "valid", "suspect", "approved", "logged", "unsealed", "disclosed", "notified"}
        tool("ledger", "verify", "--url", server.url(""))
        check_report(server, tmp_path)

    scenario(story, server)


async def removal(server, place, world, box_key):
    """An order to remove a post goes to the moderators; what they decide is told to the agency."""
    ann = await world.person("telethon", "Ann")
    news = await world.public_channel(ann, "orders_news")
    post = await ann.call("send", peer=news, text="To arms, all of you")
    ana = member_of_staff(server, "Ana", "legal-officer")
    dora = member_of_staff(server, "Dora", "senior-moderator")
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        portal, _ = await officer(browser, ana, box_key)
        form = {"identifier_kind": "link", "identifier": f"https://t.me/orders_news/{post['id']}", "wants_phone": False,
                "wants_addresses": False, "issuer": "police", "issuer_name": "Bundeskriminalamt", "case_number": "BKA 7/26",
                "offence": "incitement", "legal_basis": "Regulation (EU) 2021/784 Art. 3", "issued_at": int(time.time()) - 600}
        status, filed = await portal("POST", "/requests", {"type": "removal", "forms": [form]})
        assert status == 201, filed
        own, request = f"/requests/{filed['ids'][0]}", f"/legal/requests/{filed['ids'][0]}"
        for gate in ("authentic", "valid"):
            passed(ana, request, gate)
        assert ana.ask("GET", request + "/warrant")[1]["code"] == "TYPE_NOT_TAKEN"
        status, handed = ana.ask("POST", request + "/hand-over", {"category": "terrorism"})
        assert status == 200, handed
        status, told = await portal("GET", own)
        assert told["outcome"] == "handed" and "decision" not in told, told

        case = dora.ask("GET", f"/cases/{handed['case']}")[1]
        status, decided = dora.ask("POST", f"/cases/{handed['case']}/decide", {
            "effect": "remove", "clause": "terrorism", "reason": "It calls for violence.", "version": case["summary"]["version"]})
        assert status == 200 and decided["case"]["state"] != "open", decided

        async def decision():
            return (await portal("GET", own))[1].get("decision")
        found = await eventually(decision)
        assert (found["outcome"], found["effect"]) == ("removed", "remove") and found["clause"], found
        told = (await portal("GET", "/requests"))[1]["items"][0]
        assert told["outcome"] == "removed"
        assert ana.ask("GET", request)[1]["decision"] == found

        async def entries():
            items = (await portal("GET", own + "/entries"))[1]["items"]
            return items if items[-1]["what"] == "decided" and items[-1].get("proof") else None
        items = await eventually(entries)
        assert [one["what"] for one in items] == ["filed", "handed", "decided"]
        check_entries(server, items[-1:], place)
        await browser.close()


@pytest.mark.timeout(600)
def test_an_agency_sees_what_became_of_its_removal_order(scenario, desk_server, tmp_path):
    box_key = tool("legal", "key", "--key", tmp_path / "officer.key").strip()

    async def story(world):
        await removal(desk_server, tmp_path, world, box_key)

    scenario(story, desk_server)
