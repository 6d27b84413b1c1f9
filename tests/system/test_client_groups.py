"""Members make groups and channels and administer them in the web client."""

import re

from playwright.async_api import expect

from browser_page import chromium
from client_page import check_access
from conftest import refused
from test_client import acquainted, member


async def panel(page, chat, *names):
    """Opens the panel of a chat and goes on through the buttons of these names."""
    await page.page.goto(page.server.url(f"/#/chat/{chat}/info"))
    side = page.page.get_by_role("complementary")
    for name in names:
        await side.get_by_role("link", name=name, exact=True).click()
    return side


async def chat_of(page):
    await page.page.wait_for_url(re.compile(r"/chat/-?\d+$"))
    return int(re.search(r"/chat/(-?\d+)", page.page.url)[1])


def test_a_group_is_made_and_its_members_are_administered(scenario):
    async def story(world):
        async with chromium() as browser:
            ann = await member(browser, world, "Ann")
            eve, [ann_id] = await acquainted(world, ann)
            await eve.call("send", peer=ann_id, text="hello from Telethon")
            await ann.row("Eve").get_by_role("link").click()
            await ann.press("Menu of this chat")
            await ann.choose("About this chat")
            await ann.press("Add to contacts")
            await ann.see("Added to your contacts.")
            await ann.shot("info_person")

            await ann.press("Menu")
            await ann.choose("New group")
            await ann.page.get_by_label("Title").fill("Gardeners")
            await ann.fill("About", "Beans and roses")
            await ann.page.get_by_role("checkbox", name="Eve").check()
            await ann.see("1 person chosen")
            await ann.shot("group_new")
            await ann.press("Make it")
            await ann.see(ann.row("Gardeners"))
            chat = await chat_of(ann)
            peer = chat
            await ann.say("welcome to the garden")
            await eve.event("new_message", text="welcome to the garden")
            mine = await eve.call("send", peer=peer, text="thank you")
            await ann.see(ann.message("thank you"))

            # Rights: an administrator with a title, then none.
            side = await panel(ann, chat, "Members")
            await ann.see(side.get_by_role("list", name="Members").get_by_text("Owner"))
            await ann.shot("group_members")
            await side.get_by_role("link", name="Eve").click()
            await side.get_by_label("Title beside the name").fill("head of roses")
            await side.get_by_role("region", name="Administrator").get_by_role("checkbox", name="Change title, photo and settings").uncheck()
            await ann.shot("group_member")
            await check_access(ann.page)
            await side.get_by_role("button", name="Make an administrator").click()
            await ann.see(side.get_by_role("button", name="Take the rights away"))
            seen = (await eve.invoke("channels.getParticipant", channel=peer, participant=eve.id)).participant
            assert seen._ == "channelParticipantAdmin" and seen.rank == "head of roses" and seen.admin_rights.pin_messages and not seen.admin_rights.change_info
            await side.get_by_role("button", name="Take the rights away").click()
            await ann.see(side.get_by_role("button", name="Make an administrator"))

            # A restriction holds for the foreign client at once.
            await side.get_by_role("checkbox", name="Write", exact=True).uncheck()
            for right in ("Send photos", "Send videos", "Send files", "Send voice messages", "Send stickers and GIFs", "Send polls"):
                await side.get_by_role("checkbox", name=right).uncheck()
            await side.get_by_role("button", name="Restrict", exact=True).click()
            await ann.see(side.get_by_role("button", name="Lift the restriction"))
            with refused("USER_BANNED_IN_CHANNEL|CHAT_WRITE_FORBIDDEN"):
                await eve.call("send", peer=peer, text="but")
            await side.get_by_role("button", name="Lift the restriction").click()
            await ann.see(side.get_by_role("button", name="Restrict", exact=True))
            await eve.call("send", peer=peer, text="again")

            # Slow mode, a public name, and what is written down of all that.
            side = await panel(ann, chat, "Manage")
            await side.get_by_label("Slow mode").select_option("60")
            await expect(side.get_by_label("Slow mode")).to_have_value("60")
            await eve.call("send", peer=peer, text="first")
            with refused(r"SLOWMODE_WAIT_\d+"):
                await eve.call("send", peer=peer, text="second")
            await side.get_by_label("Public name").fill(f"gardeners_{mine['id']}_{ann_id}")
            await side.get_by_role("button", name="Save").last.click()
            await ann.shot("group_manage")
            await check_access(ann.page)
            assert (await eve.invoke("contacts.resolveUsername", username=f"gardeners_{mine['id']}_{ann_id}")).peer

            side = await panel(ann, chat, "Members")
            await side.get_by_role("link", name="Eve").click()
            await side.get_by_role("button", name="Ban", exact=True).click()
            await ann.page.get_by_role("dialog").get_by_role("button", name="Ban", exact=True).click()
            await ann.see(side.get_by_role("list", name="Members"))
            await ann.unseen(side.get_by_role("link", name="Eve"))
            with refused("CHANNEL_PRIVATE|USER_BANNED_IN_CHANNEL"):
                await eve.call("send", peer=peer, text="but")

            side = await panel(ann, chat, "Manage", "What administrators did")
            await ann.see(side.get_by_text("banned Eve"))
            await ann.see(side.get_by_text("set slow mode to 60 seconds"))
            await ann.see(side.get_by_text("changed the rights of Eve"))
            await ann.shot("group_log")

            side = await panel(ann, chat, "Manage")
            await side.get_by_role("button", name="Delete the group").click()
            await ann.page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
            await ann.unseen(ann.row("Gardeners"))

    scenario(story)


def test_a_channel_with_links_requests_and_a_discussion(scenario):
    async def story(world):
        async with chromium() as browser:
            ann = await member(browser, world, "Ann")
            eve, [ann_id] = await acquainted(world, ann)
            await ann.press("Menu")
            await ann.choose("New channel")
            await ann.page.get_by_label("Title").fill("Weather")
            await ann.press("Make it")
            await ann.see(ann.row("Weather"))
            chat = await chat_of(ann)
            await ann.say("sun at noon")

            side = await panel(ann, chat, "Manage", "Invite links")
            await side.get_by_role("checkbox", name="Administrators let people in").check()
            await side.get_by_role("button", name="Make a link").click()
            links = side.get_by_role("list", name="Invite links", exact=True).get_by_role("listitem")
            await expect(links).to_have_count(1, timeout=15_000)
            await ann.shot("channel_links")
            await check_access(ann.page)
            link = await links.filter(has_text="administrators let people in").locator("bdi").inner_text()
            hash_ = link.rsplit("+", 1)[1]
            with refused("INVITE_REQUEST_SENT"):
                await eve.invoke("messages.importChatInvite", hash=hash_)

            side = await panel(ann, chat, "Manage", "Requests to be let in: 1")
            await ann.see(side.get_by_text("Eve"))
            await ann.shot("channel_requests")
            await side.get_by_role("button", name="Let in", exact=True).click()
            await ann.see(side.get_by_text("Nobody is waiting"))
            assert "sun at noon" in [m["text"] for m in await eve.call("history", peer=chat)]

            # A revoked link lets nobody in.
            side = await panel(ann, chat, "Manage", "Invite links")
            await side.get_by_role("list", name="Invite links").get_by_role("listitem").filter(has_text="administrators let people in").get_by_role("button", name="Revoke").click()
            await ann.see(side.get_by_text("Revoked links"))
            with refused("INVITE_HASH_EXPIRED|INVITE_HASH_INVALID"):
                await eve.invoke("messages.checkChatInvite", hash=hash_)

            # A group becomes the place where its posts are discussed.
            await ann.press("Menu")
            await ann.choose("New group")
            await ann.page.get_by_label("Title").fill("Talk of the weather")
            await ann.press("Make it")
            await ann.see(ann.row("Talk of the weather"))
            group = await chat_of(ann)
            side = await panel(ann, chat, "Manage")
            await side.get_by_label("Discussion group").select_option(str(group))
            await expect(side.get_by_label("Discussion group")).to_have_value(str(group))
            full = await eve.full(chat)
            assert -1000000000000 - full.linked_chat_id == group or full.linked_chat_id == group
            await ann.page.goto(ann.server.url(f"/#/chat/{chat}/info"))
            await ann.see(ann.page.get_by_role("complementary").get_by_role("link", name="Talk of the weather"))
            await ann.shot("channel_info")

    scenario(story)
