"""Forums in the web client: topics are made, renamed, closed and pinned. Lists that come in pages are shown whole."""

from playwright.async_api import expect

from client_page import check_access, chromium
from test_client import with_eve


async def forum(world, owner, member):
    peer = await world.supergroup(owner, title="Forum")
    await owner.invoke("channels.toggleForum", channel=peer, enabled=True, tabs=False)
    await owner.invoke("channels.inviteToChannel", channel=peer, users=[member])
    return peer


def topic(page, title):
    return page.page.get_by_role("list", name="Topics").get_by_role("listitem").filter(has_text=title)


async def act(page, title, what):
    await page.press(f"More: {title}")
    await page.choose(what)


def test_topics_are_made_renamed_closed_and_pinned(scenario):
    async def story(world):
        async with chromium() as browser:
            ann, eve, ann_id = await with_eve(browser, world)
            peer = await forum(world, eve, ann_id)
            await ann.row("Forum").get_by_role("link").click()
            await ann.press("New topic")
            await ann.fill("Title of the topic", "Gardening")
            await ann.press("Save")
            await ann.say("about roses")
            begun = await eve.event("updateNewChannelMessage", where=lambda body: (body.get("action") or {}).get("title") == "Gardening")
            await ann.press("Back")

            # What one made one may change, and not pin.
            await ann.press("More: Gardening")
            await ann.see(ann.page.get_by_role("menuitem", name="Rename"))
            await expect(ann.page.get_by_role("menuitem", name="Pin", exact=True)).to_have_count(0)
            await ann.choose("Rename")
            await ann.fill("Title of the topic", "Garden and balcony")
            await ann.press("Save")
            await ann.see(topic(ann, "Garden and balcony"))
            await act(ann, "Garden and balcony", "Close")
            await ann.see(topic(ann, "Garden and balcony").get_by_label("Closed"))
            [there] = (await eve.invoke("messages.getForumTopicsByID", peer=peer, topics=[begun.id])).topics
            assert there.title == "Garden and balcony" and there.closed
            await act(ann, "Garden and balcony", "Open again")
            await ann.unseen(topic(ann, "Garden and balcony").get_by_label("Closed"))

            await eve.invoke("channels.editAdmin", channel=peer, user_id=ann_id, rank="", admin_rights={"_": "chatAdminRights", "manage_topics": True})
            await ann.page.reload()
            await act(ann, "General", "Pin")
            await ann.see(topic(ann, "General").get_by_label("Pinned"))
            await check_access(ann.page)
            await ann.shot("topics")

    scenario(story)


def test_more_than_a_page_of_invite_links_is_listed(scenario):
    async def story(world):
        async with chromium() as browser:
            ann, eve, ann_id = await with_eve(browser, world)
            other = await world.client("telethon")
            await other.sign_in(ann.phone)
            group = await world.supergroup(other, title="Inviting")
            for n in range(55):
                await other.invoke("messages.exportChatInvite", peer=group, usage_limit=n + 1)
            await ann.page.goto(world.server.url(f"/#/chat/{group}/invites"))
            links = ann.page.get_by_role("complementary").get_by_role("list", name="Invite links")
            await ann.see(links.get_by_role("listitem").first)
            await ann.press("Show more")
            await expect(links.get_by_role("listitem")).to_have_count(55)

    scenario(story)
