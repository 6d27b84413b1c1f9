"""An authority that nobody here knows applies in a browser, without an account; the legal desk takes it up and calls it at a
number of its own finding, or declines it; the applicant sees what became of that, and an auditor that it was done."""

import asyncio

import pytest
from playwright.async_api import expect

from browser_page import chromium
from console_page import StaffPage
from portal_page import OfficerPage
from test_legal_pages import desk_server, looked_at, prove  # noqa: F401 (a fixture)

FORM = {"Name of the authority": "Polizeipräsidium Musterstadt", "Country": "de", "Official domain": "Polizei.Example",
        "Postal address": "Musterplatz 1\n12345 Musterstadt", "Your name": "Max Beispiel", "Your office or position": "Kriminalhauptkommissar",
        "Your official e-mail address": "max.beispiel@polizei.example", "Your official telephone number": "+49 30 666 000",
        "Legal basis": "section 100g StPO"}


async def apply(page, **changes):
    """Fills the form in and sends it; the reference."""
    for label, value in {**FORM, **changes}.items():
        await page.fill(label, value)
    await page.choose("What it is", "police")
    await page.page.get_by_label("Production order", exact=True).check()
    await page.press("Send the application")
    await page.see(page.page.get_by_role("heading", name="The application was sent"))
    section = page.page.locator("section", has=page.page.get_by_role("heading", name="Reference", exact=True))
    reference = await section.locator("p").first.inner_text()
    assert len(reference) == 32 and set(reference) <= set("0123456789abcdef")
    return reference


async def standing(page, reference, words):
    """What the page says with this reference: these words, once the server has answered."""
    await page.open("/apply/standing")
    await page.fill("Reference", reference)
    await page.press("Show")
    said = page.page.get_by_role("status")
    await expect(said).to_contain_text(words)
    return await said.inner_text()


async def newcomer(browser, server):
    page = await OfficerPage.at(browser, server.url("/portal/apply"), locale="en-GB")
    page.root = server.url("/portal")
    await page.see(page.page.get_by_role("heading", name="Apply for your authority"))
    return page


async def an_authority_applies(browser, server):
    max_ = await newcomer(browser, server)
    # What happens next is said before anything is written.
    await max_.see("They do not call the number that you write here")
    await max_.check("portal-apply")
    for language, heading in (("de", "Zugang für Ihre Behörde beantragen"), ("fr", "Demander l’accès pour votre autorité"), ("en", "Apply for your authority")):
        await max_.page.locator("header select").select_option(language)
        await max_.see(max_.page.get_by_role("heading", name=heading))
        await max_.check(f"portal-apply-{language}")
    await max_.press("Send the application")
    await max_.see("Something is missing")
    await expect(max_.page.get_by_text("This is needed.")).to_have_count(11)
    await max_.check("portal-apply-missing")
    # What the server does not take is shown where it stands.
    for label, value in {**FORM, "Official domain": "police"}.items():
        await max_.fill(label, value)
    await max_.choose("What it is", "police")
    await max_.page.get_by_label("Emergency", exact=True).check()
    await max_.press("Send the application")
    await max_.see("This is not as it has to be.")
    reference = await apply(max_)
    await max_.check("portal-applied")
    await max_.page.get_by_role("link", name="What became of it").click()
    await expect(max_.page.get_by_label("Reference", exact=True)).to_have_value(reference)
    await max_.press("Show")
    await max_.see("Nobody has decided about it yet.")
    await max_.check("portal-standing")

    # Somebody else writes for the same authority, and hears nothing of the first.
    eve = await newcomer(browser, server)
    false_reference = await apply(eve, **{"Your name": "Eve Falsch", "Your official telephone number": "+49 30 777 000"})
    assert "Nobody has decided" in await standing(eve, false_reference, "Nobody has decided")

    ana = await StaffPage.join(browser, server, "Ana", "legal-officer")
    await ana.open("/legal/agencies")
    await ana.see("2 applications for this country and domain")
    await ana.see(ana.page.get_by_role("link", name="Agencies (2)"))
    await looked_at(ana, "desk-applications")
    await ana.page.get_by_role("button", name="Take up: 1").click()
    dialog = ana.page.get_by_role("dialog")
    await expect(dialog.get_by_label("Domain of its mail")).to_have_value("polizei.example")
    await dialog.get_by_label("Name", exact=True).fill("Police of Musterstadt")
    await dialog.get_by_role("button", name="Take up").click()
    card = ana.page.locator("section", has=ana.page.get_by_role("heading", name="Police of Musterstadt")).last
    await ana.see(card.get_by_text("Not verified"))
    await expect(ana.page.get_by_role("button", name="Take up: 1")).to_be_hidden()
    assert "Somebody calls the authority" in await standing(max_, reference, "Somebody calls the authority")

    # The other one is declined, and what it said is not there any more.
    await ana.page.get_by_role("button", name="Decline: 2").click()
    await dialog.get_by_label("Reason, as the applicant reads it").fill("The authority has applied by somebody else.")
    await dialog.get_by_role("button", name="Decline").click()
    await expect(ana.page.get_by_text("Eve Falsch")).to_have_count(0)
    told = await standing(eve, false_reference, "It was declined.")
    assert "It was declined." in told and "The authority has applied by somebody else." in told
    await eve.check("portal-declined")
    assert "Somebody calls the authority" in await standing(max_, reference, "Somebody calls the authority")

    # The call: not to the number that the applicant wrote.
    await card.get_by_text("Applied for in the portal").click()
    await ana.see(card.get_by_text("Applicant's telephone: never to call back at"))
    await card.get_by_role("button", name="Verify").click()
    await ana.see(dialog.get_by_text("The application names +49 30 666 000. Do not call it"))
    await expect(dialog.get_by_label("Called back at")).to_have_value("")
    await dialog.get_by_label("Called back at").fill("030/666000")
    await ana.see(dialog.get_by_text("This is the number of the application."))
    await looked_at(ana, "desk-call-back")
    await expect(dialog.get_by_role("button", name="Verify")).to_be_disabled()
    await dialog.get_by_label("Called back at").fill("+49 30 1234, the switchboard")
    await dialog.get_by_label("Number found in").fill("the federal register")
    await dialog.get_by_role("button", name="Verify").click()
    await prove(ana)
    await ana.see(card.get_by_text("Verified", exact=True))
    assert "The authority is onboarded." in await standing(max_, reference, "The authority is onboarded.")
    await ana.see(card.get_by_role("button", name="Invite an officer"))
    await expect(card.get_by_text("invited")).to_have_count(0)

    eva = await StaffPage.join(browser, server, "Eva", "auditor")
    await eva.open("/legal/register")
    for act in ("An agency applied", "Application declined", "Agency added", "Agency verified"):
        await eva.see(act)
    await eva.see("Application 2")
    await looked_at(eva, "auditor-applications")
    await eva.open("/legal/agencies")
    await eva.see("Police of Musterstadt")
    for secret in ("Max Beispiel", "666 000", "Eve Falsch"):
        assert secret not in await eva.page.content()


@pytest.mark.timeout(600)
def test_an_authority_applies_and_is_onboarded_by_a_call(desk_server):  # noqa: F811
    async def story():
        async with chromium() as browser:
            await an_authority_applies(browser, desk_server)

    asyncio.run(story())
