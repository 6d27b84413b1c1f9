"""Members set their account in the web client: profile, privacy, password, devices, data, language, look."""

import contextlib
import json

import pytest
from playwright.async_api import Error as PageError
from playwright.async_api import expect

import pictures
from browser_page import chromium
from client_page import ClientPage, check_access
from test_client import acquainted, member

PANELS = ["info", "search", "members", "manage", "permissions", "invites", "requests", "log"]
PAGES = ["profile", "privacy", "notifications", "folders", "security", "devices", "appearance", "decisions", "data", "ledger"]


async def settings(page, name):
    await page.page.goto(page.server.url(f"/#/settings/{name}"))


def test_a_profile_and_who_sees_it(scenario, tmp_path):
    async def story(world):
        async with chromium() as browser:
            ann = await member(browser, world, "Ann")
            eve, [ann_id] = await acquainted(world, ann)
            await settings(ann, "profile")
            await ann.page.get_by_label("First name").fill("Annabel")
            await ann.fill("About me", "I like ships.")
            await ann.press("Save")
            await ann.see("Saved.")
            await ann.page.get_by_label("Username").fill(f"annabel_{ann_id}")
            await ann.press("Save the username")
            await expect(ann.page.get_by_label("Username")).to_have_value(f"annabel_{ann_id}")
            await expect(ann.page.get_by_text("Saved.")).to_have_count(2, timeout=15_000)
            found = await eve.invoke("contacts.resolveUsername", username=f"annabel_{ann_id}")
            assert found.users[0].id == ann_id
            pictures.rings(1).save(tmp_path / "rings.png")
            async with ann.page.expect_file_chooser() as chooser:
                await ann.press("Choose a photo")
            await (await chooser.value).set_files([tmp_path / "rings.png"])
            await ann.see(ann.page.get_by_role("button", name="Remove"))
            await ann.shot("settings_profile")
            full = await eve.invoke("users.getFullUser", id=ann_id)
            assert full.full_user.about == "I like ships." and full.full_user.profile_photo._ == "photo"

            await settings(ann, "privacy")
            await ann.page.get_by_label("see what I write about me").select_option("nobody")
            await ann.page.get_by_label("see my photo").select_option("nobody")
            await expect(ann.page.get_by_label("see my photo")).to_be_enabled()
            await ann.shot("settings_privacy")
            full = await eve.invoke("users.getFullUser", id=ann_id)
            assert not full.full_user.about and not full.full_user.profile_photo

            await settings(ann, "notifications")
            told = ann.page.get_by_role("switch", name="Tell me of new messages").first
            await expect(told).to_be_checked()
            await told.press("Space")
            await expect(told).not_to_be_checked()
            await expect(told).to_be_enabled()
            await ann.page.reload()
            await expect(told).to_be_enabled()
            await expect(told).not_to_be_checked()

    scenario(story)


def test_a_password_is_asked_for_from_then_on_and_devices_are_ended(scenario):
    async def story(world):
        async with chromium() as browser:
            ann = await member(browser, world, "Ann")
            await settings(ann, "security")
            await ann.see("It is off.")
            await ann.page.get_by_label("New password").first.fill("four strange words")
            await ann.page.get_by_label("New password again").fill("four strange words")
            await ann.page.get_by_label("Hint (optional)").fill("not one")
            await ann.press("Set the password")
            await ann.see("It is on.", limit=30)
            await ann.shot("settings_password")

            other = await ClientPage.open(browser, world.server)
            await other.sign_in(ann.phone, password="four strange words")
            await settings(ann, "devices")
            others = ann.page.get_by_role("list", name="Other devices").get_by_role("listitem")
            await expect(others).to_have_count(1, timeout=15_000)
            await ann.shot("settings_devices")
            await check_access(ann.page)
            await others.get_by_role("button", name="Sign out there").click()
            await ann.page.get_by_role("dialog").get_by_role("button", name="Sign out there").click()
            await ann.see("You are signed in nowhere else.")
            with contextlib.suppress(PageError):  # the page may be doing so by itself: it was told
                await other.page.reload()
            await other.see(other.page.get_by_label("Phone number", exact=True), limit=30)

            # The account ends only with the password.
            await settings(ann, "data")
            await ann.page.get_by_role("checkbox", name="I want to delete my account for good").check()
            await ann.page.get_by_label("Password").first.fill("four strange words")
            await ann.shot("settings_data")
            await ann.press("Delete my account")
            await ann.page.get_by_role("dialog").get_by_role("button", name="Delete my account").click()
            await ann.see(ann.page.get_by_label("Phone number", exact=True), limit=30)

    scenario(story)


def test_ones_data_is_taken_out_as_a_file(own_server, scenario):
    own_server.config = "[takeout]\ndelay_seconds = 0\n"
    own_server.start()

    async def story(world):
        async with chromium() as browser:
            ann = await member(browser, world, "Ann")
            eve, [ann_id] = await acquainted(world, ann)
            for n in range(105):
                await eve.call("send", peer=ann_id, text=f"letter {n}")
            await ann.see(ann.row("letter 104"))
            await settings(ann, "data")
            await ann.press("Put it together")
            await ann.see(ann.page.get_by_role("link", name="Save the file"), limit=60)
            async with ann.page.expect_download() as download:
                await ann.page.get_by_role("link", name="Save the file").click()
            export = json.loads(open(await (await download.value).path()).read())
            chat, = [each for each in export["chats"] if each["title"] == "Eve"]
            assert {f"letter {n}" for n in range(105)} <= {each.get("message") for each in chat["messages"]}
            assert export["profile"]["users"][0]["firstName"] == "Ann" and export["sessions"]["authorizations"]
            assert "accessHash" not in json.dumps(export) and "fileReference" not in json.dumps(export)

    scenario(story, own_server)


def test_a_device_that_is_too_new_is_told_when_to_come_back(scenario):
    async def story(world):
        async with chromium() as browser:
            ann = await member(browser, world, "Ann")
            await settings(ann, "data")
            await ann.press("Put it together")
            await ann.see("too short a time")

    scenario(story)


@pytest.mark.parametrize("look", ["light", "dark", "rtl", "narrow", "narrow-rtl"])
def test_screens_in_every_look(scenario, look):
    """Every screen of the settings, and those of a group's administration: complete words, no overflow, and axe finds nothing serious."""
    context = {"color_scheme": "dark" if look == "dark" else "light", "locale": "ar" if "rtl" in look else "en-US"}
    if "narrow" in look:
        context["viewport"] = {"width": 360, "height": 740}

    async def story(world):
        async with chromium() as browser:
            ann = await signed_in(browser, world, **context)
            eve, [ann_id] = await acquainted(world, ann)
            await world.public_channel(eve, f"look_{look.replace('-', '_')}", title="A channel")
            group = await world.supergroup(eve, title="Gardeners")
            await eve.invoke("channels.inviteToChannel", channel=group, users=[ann_id])
            rights = {"_": "chatAdminRights", "change_info": True, "ban_users": True, "invite_users": True, "add_admins": True}
            await eve.invoke("channels.editAdmin", channel=group, user_id=ann_id, admin_rights=rights, rank="")
            places = [f"settings/{each}" for each in PAGES] + ["settings", "search?q=c0caine", "discover", "new/group"]
            places += [f"chat/{group}/{each}" for each in PANELS] + [f"chat/{eve.id}/info"]
            for place in places:
                await ann.page.goto(ann.server.url(f"/#/{place}"))
                await expect(ann.page.locator("[role=status] .mantine-Loader-root")).to_have_count(0, timeout=15_000)
                await ann.page.wait_for_timeout(400)
                await ann.shot(f"{look}_{place.split('?')[0].replace(str(group), 'group').replace(str(eve.id), 'eve').replace('/', '_')}")
                await check_access(ann.page)
                assert await ann.page.get_by_role("alert").count() == 0, f"{place} did not load"
                if "narrow" in look and place.startswith("chat/"):
                    assert (await ann.page.get_by_role("complementary").bounding_box())["width"] == 360, f"{place} is all that is seen"
                wide = await ann.page.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert wide <= 0, f"{place} is {wide} px wider than the screen"
            assert await ann.page.evaluate("document.documentElement.dir") == ("rtl" if "rtl" in look else "ltr")

    scenario(story)


async def signed_in(browser, world, **context):
    """Signs up in English, whatever the language of the window is then."""
    page = await ClientPage.open(browser, world.server, **{**context, "locale": "en-US"})
    await page.sign_up(world.phone(), "Ann", "Web")
    if context.get("locale") == "ar":
        await settings(page, "appearance")
        await page.page.get_by_label("Language", exact=True).select_option("ar")
        await page.see(page.page.get_by_role("heading", name="اللغة والمظهر"))
    return page


def test_settings_with_the_keyboard_alone(scenario):
    async def story(world):
        async with chromium() as browser:
            ann = await member(browser, world, "Ann")
            await settings(ann, "appearance")
            await ann.see(ann.page.get_by_role("heading", name="Language and look"))
            keys = ann.page.keyboard
            focused = "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText || document.activeElement.value"
            for _ in range(30):
                await keys.press("Tab")
                if "Profile" in (await ann.page.evaluate(focused) or ""):
                    break
            await keys.press("Enter")
            await ann.see(ann.page.get_by_label("First name"))
            for _ in range(30):
                await keys.press("Tab")
                if await ann.page.evaluate("document.activeElement.getAttribute('autocomplete')") == "given-name":
                    break
            await keys.press("Control+a")
            await keys.type("Keyed")
            await keys.press("Enter")
            await ann.see("Saved.")
            assert await ann.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") is not None

    scenario(story)


def test_folders_are_made_changed_and_removed(scenario):
    async def story(world):
        async with chromium() as browser:
            ann = await member(browser, world, "Ann")
            eve, [ann_id] = await acquainted(world, ann)
            await eve.call("send", peer=ann_id, text="hello")
            await eve.call("create_group", title="Chess club", users=[ann_id])
            await ann.see(ann.chat("Chess club"))
            await settings(ann, "folders")
            await ann.see("You have no folders.")
            dialog = ann.page.get_by_role("dialog")
            await ann.press("New folder")
            await dialog.get_by_label("Name of the folder").fill("Friends")
            await dialog.get_by_label("Chats", exact=True).first.fill("Ev")
            await ann.page.get_by_role("option", name="Eve").click()
            await dialog.get_by_role("button", name="Save").click()
            await ann.see(ann.page.get_by_role("button", name="Change: Friends"))
            await check_access(ann.page)
            await ann.shot("folders")

            other = await world.client("telethon")
            await other.sign_in(ann.phone)
            await other.call("dialogs")
            [_, friends] = (await other.invoke("messages.getDialogFilters")).filters
            assert friends.title.text == "Friends" and [each.user_id for each in friends.include_peers] == [eve.id] and not friends.groups
            # What the page does not know of stays.
            await other.invoke("messages.updateDialogFilter", id=friends.id, filter={**friends, "exclude_muted": True})

            await ann.press("Change: Friends")
            await dialog.get_by_label("Groups", exact=True).check()
            await dialog.get_by_role("button", name="Save").click()
            await ann.unseen(dialog)
            [_, friends] = (await other.invoke("messages.getDialogFilters")).filters
            assert friends.groups and friends.exclude_muted
            await ann.page.goto(world.server.url("/#/"))
            await ann.page.get_by_role("tab", name="Friends").click()
            for title in ("Eve", "Chess club"):
                await ann.see(ann.chat(title))

            await settings(ann, "folders")
            await ann.press("Remove: Friends")
            await dialog.get_by_role("button", name="Remove", exact=True).click()
            await ann.see("You have no folders.")

    scenario(story)
