"""Members search, discover and join through the web client."""

from playwright.async_api import expect

from browser_page import chromium
from client_page import check_access
from test_client import member


async def search(page, words, where=None):
    await page.page.goto(page.server.url("/#/search"))
    await page.page.get_by_role("searchbox", name="Search").fill(words)
    if where:
        await page.page.get_by_role("tab", name=where).click()


async def found(page, words, where, what):
    """Until the index has it: half a second, mostly."""
    for _ in range(20):
        await search(page, words, where)
        hit = page.page.get_by_role("navigation", name="Search").get_by_role("link").filter(has_text=what).first
        try:
            await expect(hit).to_be_visible(timeout=1500)
            return hit
        except AssertionError:
            await page.page.reload()
    raise AssertionError(f"{words!r} does not find {what!r}")


def test_a_newcomer_discovers_a_channel_and_finds_a_post(scenario, own_server):
    own_server.start()  # on which nothing is larger than what it makes

    async def story(world):
        async with chromium() as browser:
            owner = await world.person("telethon", "Owner")
            news = await world.public_channel(owner, "harbour_news", title="Harbour news")
            await owner.invoke("messages.editChatAbout", peer=news, about="Ships that come and go.")
            first = await owner.call("send", peer=news, text="The lighthouse is #open on Sundays")
            for n in range(3):
                await owner.call("send", peer=news, text=f"ship number {n}")
            ann = await member(browser, world, "Ann")

            hit = await found(ann, "lighthouse", "Public posts", "The lighthouse is")
            await ann.shot("search_posts")
            await hit.click()
            await ann.see(ann.message("The lighthouse is"))
            assert f"/chat/{news}" in ann.page.url
            await ann.message("The lighthouse is").get_by_role("button", name="#open").click()
            await ann.see(ann.page.get_by_role("navigation", name="Search").get_by_role("link").filter(has_text="The lighthouse is"))

            await found(ann, "harbour_n", "Names", "Harbour news")
            await ann.shot("search_names")
            await ann.page.goto(ann.server.url("/#/discover"))
            card = ann.page.get_by_role("list", name="Discover").get_by_role("listitem").filter(has_text="Harbour news")
            await ann.see(card)
            await ann.see(card.get_by_text("Ships that come and go."))
            await ann.shot("discover")
            await check_access(ann.page)
            await card.get_by_role("button", name="Join").click()
            await ann.see(ann.message("ship number 2"))
            await ann.see(ann.row("Harbour news"))

            # Beside the conversation one searches in it, and is led to what was found.
            await ann.press("Menu of this chat")
            await ann.choose("Search in this chat")
            await ann.page.get_by_role("searchbox", name="Words").fill("lighthouse")
            await ann.page.get_by_role("list", name="What was found").get_by_role("link").first.click()
            await ann.see(ann.message("The lighthouse is"))
            assert first["id"] > 0

    scenario(story, own_server)


def test_a_stopped_search_shows_help_a_way_on_and_the_report(scenario):
    async def story(world):
        async with chromium() as browser:
            ann = await member(browser, world, "Ann")
            await search(ann, "c0caine", "Names")
            held = ann.page.get_by_role("region", name="Results of this search are held back")
            await ann.see(held.get_by_text("911"))
            await ann.shot("search_held")
            await check_access(ann.page)
            await held.get_by_role("button", name="Show anyway").click()
            # The account is shown what there is: the help is gone.
            await ann.unseen(held)
            await search(ann, "c0caine", "Public posts")
            await ann.see("Nothing was found")

            # The words go to the bot that takes reports of searches.
            await ann.press("Report this search")
            await ann.see(ann.message("c0caine").last)
            await ann.see(ann.page.get_by_role("button", name="Drugs, weapons, forged papers, stolen data"))
            await ann.shot("search_report")

            bob = await member(browser, world, "Bob")
            await search(bob, "csam for sale", "Public posts")
            held = bob.page.get_by_role("region", name="Results of this search are held back")
            await bob.see(held)
            assert await held.get_by_role("button", name="Show anyway").count() == 0, "what is blocked has no way on"
            await bob.shot("search_blocked")

    scenario(story)
