"""Who is who they say they are: the staff finds it out, clients show it, a new name ends it."""

from browser_page import chromium
from console_page import StaffPage


def test_a_channel_is_verified_until_it_is_called_something_else(own_server, scenario):
    own_server.start()

    async def story(world):
        ann = await world.person("telethon", "Ann")
        bob = await world.person("gramjs", "Bob")
        news = await world.public_channel(ann, "the_real_news", title="Harbour news")
        await world.public_channel(ann, "harbour_news_too", title="Harbour news")

        async def found():
            answer = await bob.invoke("contacts.search", q="harbour news", limit=10)
            return [(chat.username, bool(chat.verified)) for chat in answer.chats]

        async with chromium() as browser:
            olga = await StaffPage.join(browser, own_server, "Olga", "senior-moderator")
            await olga.open("/lookup")
            await olga.page.get_by_text("Channels and groups", exact=True).click()
            await olga.fill("Username, number, invite link or title", "the_real_news")
            await olga.fill("Reason", "Seen at their office")
            await olga.press("Look up")
            await olga.press("Open Harbour news")
            await olga.press("Mark as verified")
            await olga.prove()
            await olga.see("Marked as verified")
            await olga.see(olga.button("Take the mark away"))
            await olga.shot("verified")
        await bob.call("join", username="the_real_news")
        [chat] = (await bob.invoke("channels.getChannels", id=[news])).chats
        assert chat.verified
        assert ("the_real_news", True) in await found() and ("harbour_news_too", False) in await found()
        await ann.invoke("channels.editTitle", channel=news, title="Lottery office")
        [chat] = (await bob.invoke("channels.getChannels", id=[news])).chats
        assert not chat.verified

    scenario(story, own_server)
