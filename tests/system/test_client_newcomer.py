"""What a newcomer does within the first minutes; README.md shows its pictures (pictures.sh)."""

from playwright.async_api import expect

import pictures
from client_page import ClientPage, chromium
from test_client_search import found


def test_two_windows_a_photo_and_a_channel(scenario, tmp_path):
    """Two windows are two people: they find each other, chat, send a photo, and one finds a public channel."""

    async def story(world):
        async with chromium() as browser:
            # As wide as half a screen.
            window = {"viewport": {"width": 640, "height": 800}}
            owner = await world.person("telethon", "Harbour office")
            harbour = await world.public_channel(owner, "harbour_hours", title="Harbour hours")
            pictures.gradient().save(tmp_path / "sunset.png")
            await owner.call("send_file", peer=harbour, path=str(tmp_path / "sunset.png"), kind="photo", caption="Sunset over the pier, seen from the office.")
            await owner.call("send", peer=harbour, text="The lighthouse is open on Sundays from ten to four.")

            ann = await (await ClientPage.open(browser, world.server, **window)).sign_up(world.phone(), "Ann", "Hill")
            bob = await (await ClientPage.open(browser, world.server, **window)).sign_up(world.phone(), "Bob", "Lake")
            await bob.page.goto(world.server.url("/#/settings/profile"))
            name = f"bob_lake_{bob.phone[-4:]}"
            await bob.page.get_by_label("Username").fill(name)
            await bob.press("Save the username")
            await bob.see("Saved.")
            await bob.page.goto(world.server.url("/#/"))

            await (await found(ann, name, "Names", "Bob")).click()
            await ann.say("Hello Bob! So this is our own server?")
            await bob.row("Ann").get_by_role("link").click()
            await bob.say("It is: the code was in the terminal, and here I am.")
            await ann.see(ann.message("here I am"))
            pictures.rings(1).save(tmp_path / "rings.png")
            async with ann.page.expect_file_chooser() as chooser:
                await ann.press("Attach files")
            await (await chooser.value).set_files([tmp_path / "rings.png"])
            await ann.page.get_by_role("dialog").get_by_label("Caption").fill("What I saw from the boat")
            await ann.page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
            for page in (ann, bob):
                await expect(page.message("What I saw from the boat").locator("img[data-loaded]")).to_be_visible(timeout=20_000)
            await ann.page.wait_for_timeout(500)
            await ann.shot("newcomer_ann")
            await bob.shot("newcomer_bob")

            await ann.page.set_viewport_size({"width": 1280, "height": 800})
            await (await found(ann, "harbour_hours", "Names", "Harbour hours")).click()
            await expect(ann.message("Sunset over the pier").locator("img[data-loaded]")).to_be_visible(timeout=20_000)
            await ann.see(ann.page.get_by_role("button", name="Join", exact=True))
            await ann.shot("newcomer_channel")
            await ann.press("Join")
            await ann.page.goto(world.server.url("/#/"))
            await ann.see(ann.row("Harbour hours"))

    scenario(story)
