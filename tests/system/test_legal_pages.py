"""The legal desk in browsers, from the agency's first call to the notice: staff at the console, an authority's officer at
the portal, two of three officers who open the rows in their browsers, the member, an auditor and a stranger with the log."""

import asyncio
import contextlib
import datetime
import os
import re
import subprocess
import time

import pytest
from playwright.async_api import TimeoutError as PlaywrightTimeout, expect

from conftest import Server
from browser_page import chromium
from console_page import StaffPage
from legal_report import check_entries
from portal_page import PASSPHRASE, OfficerPage, against_wcag
from test_ledger import foreign, key
from test_legal import ceremony, eventually, is_told, signed_pdf, tool

SHARE_PASSPHRASE = "another long passphrase"


@pytest.fixture
def desk_server():
    server = Server(config="[ledger]\nbatch_seconds = 1\n").start()
    yield server
    server.stop()


def ports_of(process, server):
    """The ports that a client's process is connected from: what the kernel says."""
    sockets = set()
    for fd in os.listdir(f"/proc/{process.pid}/fd"):
        try:
            found = re.fullmatch(r"socket:\[(\d+)\]", os.readlink(f"/proc/{process.pid}/fd/{fd}"))
        except FileNotFoundError:
            continue
        if found:
            sockets.add(found[1])
    there = int(server.address[0].rsplit(":", 1)[1])
    ports = set()
    for line in open("/proc/net/tcp"):
        fields = line.split()
        if len(fields) > 9 and fields[9] in sockets and int(fields[2].split(":")[1], 16) == there:
            ports.add(int(fields[1].split(":")[1], 16))
    return ports


def local(seconds, length=16):
    return datetime.datetime.fromtimestamp(seconds).isoformat()[:length]


async def prove(page):
    """Where the page asks once more who is there, which it does a moment later."""
    asked = page.page.get_by_role("button", name="Use my passkey")
    with contextlib.suppress(PlaywrightTimeout):
        await asked.click(timeout=2_000)


async def looked_at(page, name):
    await page.shot(name)
    assert await against_wcag(page.page) == [], name


async def onboard(ana, name, country, kind="prosecutor"):
    """An agency is verified by a call, and an officer is invited; the link."""
    await ana.open("/legal/agencies")
    await ana.button("Add an agency").first.click()
    dialog = ana.page.get_by_role("dialog")
    await dialog.get_by_label("Name", exact=True).fill(name)
    await dialog.get_by_label("Country").fill(country)
    await dialog.get_by_label("Kind").select_option(kind)
    await dialog.get_by_role("button", name="Add an agency").click()
    card = ana.page.locator("section", has=ana.page.get_by_role("heading", name=name))
    await ana.see(card.get_by_text("Not verified"))
    await card.get_by_role("button", name="Verify").click()
    await dialog.get_by_label("Called back at").fill("+49 30 1234, the registry")
    await dialog.get_by_label("Number found in").fill("the federal register")
    await dialog.get_by_role("button", name="Verify").click()
    await prove(ana)
    await card.get_by_role("button", name="Invite an officer").click()
    await dialog.get_by_label("Name", exact=True).fill("Erika Muster")
    await dialog.get_by_role("button", name="Invite an officer").click()
    return await ana.page.get_by_text("/portal#/enrol/").inner_text()


async def fill_gate(section, words):
    for box in await section.get_by_role("textbox").all():
        if await box.get_attribute("inputmode") is None:  # the number of a case: the order finds the breach itself
            await box.fill(words)
    if await section.get_by_role("combobox", name="Clause").count():
        await section.get_by_role("combobox", name="Clause").select_option("fraud")


async def pass_gate(page, gate, button="Pass the gate"):
    """Writes something for each piece of evidence that the gate needs."""
    section = page.page.get_by_role("region", name=gate)
    await page.see(section.get_by_role("button", name=button))
    await fill_gate(section, "Seen, and in order.")
    await section.get_by_role("button", name=button).click()
    await prove(page)
    await page.see(section.get_by_text(re.compile(r"(Ana|Ben|Cem), ")))


async def contribute(page, path, request):
    """Gives share and passphrase to the page; what it says then."""
    await page.open(f"/legal/requests/{request}")
    await page.page.reload()  # somebody else has acted meanwhile
    await page.page.locator("input[type=file]").set_input_files(path)
    await page.page.get_by_label("Its passphrase").fill(SHARE_PASSPHRASE)
    await page.press("Contribute")
    said = page.page.locator("form [role=alert], .mantine-Notification-root", has_text="hare")
    for _ in range(360):
        await page.prove()  # the computing comes first
        if await said.count():
            return await said.last.inner_text()
        await asyncio.sleep(0.5)
    raise AssertionError("the page says nothing")


async def file_request(erika, now, order=None, **changes):
    form = {"Issued by": "prosecutor", "Name of the authority": "Staatsanwaltschaft Musterstadt", "Case number": "123 Js 456/26",
            "Offence": "fraud, section 263 StGB", "Legal basis": "Regulation (EU) 2023/1543 Art. 5", "Date of the order": local(now - 86_400, 10),
            "From": local(now - 86_400), "To": local(now + 3_600), "Why the person is a suspect": "Accused of having sold what was never delivered: order, page 2.",
            "Necessity and proportionality": "There is no other way to find out who they are.", **changes}
    for label, value in form.items():
        if label in ("Issued by", "Known by"):
            await erika.choose(label, value)
        elif value is not None:
            await erika.fill(label, value)
    if order:
        await erika.page.locator("input[type=file]").set_input_files(order)


@pytest.mark.timeout(2400)  # passphrases take a quarter of a gigabyte and their time, in seven places
def test_from_the_call_to_the_notice(scenario, desk_server, tmp_path):
    server = desk_server
    began = time.monotonic()
    ceremony(server, tmp_path)
    # The gag has to outlast what comes before the answer is collected: a slow machine needs a longer one.
    patience = min(900, max(240, 6 * (time.monotonic() - began)))

    async def story(world):
        await asyncio.sleep(2)  # the server looks for a key once a second
        ann = await world.person("telethon", "Ann")
        await ann.call("history", peer=ann.id)
        ports = ports_of(ann.process, server)
        assert ports
        async with chromium() as browser:
            people = {}
            for name, role in (("Ana", "legal-officer"), ("Ben", "legal-approver"), ("Cem", "legal-officer"), ("Eva", "auditor")):
                people[name] = await StaffPage.join(browser, server, name, role)
            ana, ben, cem, eva = people.values()
            link = await onboard(ana, "Staatsanwaltschaft Musterstadt", "DE")
            await looked_at(ana, "desk-agencies")

            erika = await OfficerPage.enrol(browser, link)
            await erika.check("portal-requests")
            await erika.open("/new")
            await erika.see("European Production Order (EPOC)")
            await erika.check("portal-types")
            await erika.page.get_by_role("button", name="European Production Order (EPOC)").click()
            now = int(time.time())
            gag = (now + int(patience)) // 60 * 60
            (tmp_path / "order.pdf").write_bytes(signed_pdf(tmp_path))
            await file_request(erika, now, tmp_path / "order.pdf", **{"Known by": "phone", "Which": "+" + ann.phone.lstrip("+"), "Not before": local(gag)})
            await erika.fill("Why not before", "The investigation would be endangered.")
            await erika.see("All that the rules ask for is there.")
            await erika.check("portal-form")
            # What was begun is there again, and elsewhere.
            await erika.press("Save the draft")
            await erika.see(erika.page.get_by_text("Draft saved", exact=False))
            await erika.open("/")
            await erika.page.get_by_role("link", name="Go on").click()
            await expect(erika.page.get_by_label("Case number", exact=True)).to_have_value("123 Js 456/26")
            await expect(erika.page.get_by_label("Which", exact=True)).to_have_value("+" + ann.phone.lstrip("+"))
            await erika.page.locator("input[type=file]").set_input_files(tmp_path / "order.pdf")
            await erika.press("File")
            await erika.see(erika.page.get_by_role("heading", name="Request 1"))
            await erika.see("fits the file, covers the whole file")
            await erika.check("portal-request")
            await erika.open("/")
            await expect(erika.page.get_by_role("heading", name="Drafts")).to_be_hidden()

            await ana.open("/legal")
            await ana.see(ana.page.get_by_role("link", name="Request 1"))
            await looked_at(ana, "desk-queue")
            await ana.page.get_by_role("link", name="Request 1").click()
            await ana.see("fits, covers the whole file, leads to no trusted certificate")
            await looked_at(ana, "desk-request")
            for gate in ("Authentic", "Valid", "Suspect, and a breach"):
                await pass_gate(ana, gate)
            await ana.see("A legal approver does this")
            await ben.open("/legal/requests/1")
            await pass_gate(ben, "Approved by a second person", "Approve")
            await looked_at(ben, "desk-approved")

            await asyncio.sleep(3)  # the next batch of the log
            assert "Share 1 has contributed" in await contribute(ana, tmp_path / "share1.secret", 1)
            await ana.see("Contributed so far: Ana")
            await looked_at(ana, "desk-contributed")
            assert "This share is somebody else's." in await contribute(cem, tmp_path / "share2.secret", 1)
            assert "Share 3 has contributed" in await contribute(cem, tmp_path / "share3.secret", 1)
            await cem.see(cem.page.get_by_role("region", name="Unsealed").get_by_text("the machine,"))
            await ana.page.reload()
            await ana.press("Make the answer")
            await prove(ana)
            await ana.see(ana.page.get_by_role("region", name="Disclosed").get_by_text("Ana, "))
            await looked_at(ana, "desk-disclosed")

            await erika.open("/requests/1")
            await erika.page.reload()
            await erika.fill("Passphrase of your key", "not the passphrase")
            await erika.press("Collect and open")
            await erika.page.get_by_text("The passphrase is wrong").wait_for(timeout=180_000)
            await erika.fill("Passphrase of your key", PASSPHRASE)
            await erika.press("Collect and open")
            table = erika.page.get_by_role("table", name="IP addresses")
            await table.wait_for(timeout=180_000)
            await erika.see("+" + ann.phone.lstrip("+"))
            rows = [(await row.inner_text()).split("\t") for row in await table.get_by_role("row").all()][1:]
            assert {row[0] for row in rows} == {"127.0.0.1"}
            assert ports <= {int(row[1]) for row in rows}
            await erika.check("portal-answer")
            await keep_signature(erika, tmp_path)
            await erika.press("Confirm receipt")
            await erika.see("the server has erased")
            await keep_entries(erika, server, tmp_path)
            if time.time() < gag - 5:
                assert not await is_told(ann)
            await ana.open("/legal/calendar")
            await ana.see("Member is told" if time.time() < gag - 5 else "Everything that falls due")
            await looked_at(ana, "desk-calendar")
            await ana.open("/legal/rules")
            await ana.see("it takes 2")
            await looked_at(ana, "desk-rules")
            await eventually(lambda: is_told(ann), 1100)
            assert time.time() >= gag

            await eva.open("/legal/register")
            for gate in ("Authentic", "Valid", "Suspect, and a breach", "Approved by a second person", "In the public log", "Unsealed", "Disclosed", "Member told"):
                await eva.see(f"Gate passed: {gate}")
            assert "Seen, and in order." not in await eva.page.content()
            await looked_at(eva, "auditor-register")
        tool("ledger", "verify", "--url", server.url(""))
        assert foreign("log", server.url("/ledger"), key(server), tmp_path / "checkpoint")["size"] > 0

    scenario(story, server)


async def keep_signature(erika, place):
    """The officer keeps what the page offers, and does what the page says to check it."""
    names = {"Save the signature (CMS)": "answer-1.p7s", "Save what it is over": "answer-1.signed", "Save the certificate": "answers.pem"}
    for button, name in names.items():
        async with erika.page.expect_download() as file:
            await erika.press(button)
        kept = await file.value
        assert kept.suggested_filename == name
        await kept.save_as(place / name)
    command = await erika.page.locator("pre").inner_text()
    assert command.startswith("openssl cms -verify")
    done = subprocess.run(["sh", "-c", command], cwd=place, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    signed = (place / "answer-1.signed").read_bytes()
    (place / "answer-1.signed").write_bytes(signed[:-1] + b"!")
    assert subprocess.run(["sh", "-c", command], cwd=place, capture_output=True).returncode != 0


async def keep_entries(erika, server, place):
    """The officer keeps opening and proof of each entry of the request, and another program checks them."""
    entries = []
    for what, word in (("filed", "Filed"), ("disclosed", "Disclosed")):
        kept = {"what": what}
        for kind in ("Opening", "Proof"):
            async with erika.page.expect_download() as file:
                await erika.page.get_by_role("button", name=f"{kind}: {word}", exact=True).click()
            kept[kind.lower()] = open(await (await file.value).path(), newline="").read()
        entries.append(kept)
    check_entries(server, entries, place)


async def us_subpoena_without_a_suspect(browser, server):
    now = int(time.time())
    ana = await StaffPage.join(browser, server, "Ana", "legal-officer")
    link = await onboard(ana, "District Attorney of Example County", "US")
    erika = await OfficerPage.enrol(browser, link)
    await erika.open("/new")
    await erika.page.get_by_role("button", name="Production order").click()
    await file_request(erika, now, **{"Known by": "username", "Which": "@nobody_here", "Why the person is a suspect": None, "Legal basis": "18 USC 2703(c)(2)"})
    await erika.see("why the person is a suspect")
    await erika.page.get_by_label("File it as it is", exact=False).check()
    await erika.press("File")
    await erika.see(erika.page.get_by_role("heading", name="Request 1"))
    # The order comes a little later.
    await erika.page.locator("input[type=file]").set_input_files({"name": "order.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 x %%EOF"})
    await erika.press("Send")
    await erika.see("no signature")
    await ana.open("/legal/requests/1")
    for gate in ("Authentic", "Valid"):
        await pass_gate(ana, gate)
    await ana.see("This gate cannot be passed")
    section = ana.page.get_by_role("region", name="Suspect, and a breach")
    await ana.see(section.get_by_role("button", name="Pass the gate"))
    await fill_gate(section, "Nothing is there.")
    await section.get_by_role("button", name="Pass the gate").click()
    await ana.see(ana.page.locator(".mantine-Notification-root", has_text="does not say that the person is a suspect"))
    await ana.press("Refuse")
    dialog = ana.page.get_by_role("dialog")
    await expect(dialog.get_by_label("Ground")).to_have_value("not_suspect")
    await dialog.get_by_role("button", name="Use the standard text").click()
    await dialog.get_by_role("button", name="Refuse", exact=True).click()
    await ana.see("It does not say that the person is a suspect")
    await looked_at(ana, "desk-refused")
    await erika.page.reload()
    await erika.see("Refused: it does not say that the person is a suspect in a criminal matter")
    await erika.see("We disclose data of suspects alone.")
    await erika.check("portal-refused")


@pytest.mark.timeout(600)
def test_a_us_subpoena_without_a_suspect_is_refused(desk_server):
    async def story():
        async with chromium() as browser:
            await us_subpoena_without_a_suspect(browser, desk_server)

    asyncio.run(story())
