"""Channels that readers of a channel read, too."""


def test_similar_channels(trio):
    async def story(world, ann, bob, eve):
        owner, names = ann.library, ("news", "sports")
        news, sports = [await world.public_channel(ann, f"{name}_of_{owner}", title=name) for name in names]
        secret = await world.channel(ann, bob, eve)
        for who in (bob, eve):
            for name in names:
                await who.call("join", username=f"{name}_of_{owner}")

        async def similar(who, channel):
            found = await who.invoke("channels.getChannelRecommendations", channel=channel)
            return [-1000000000000 - c.id for c in found.chats]

        await eve.call("leave", peer=sports)
        assert sports in await similar(eve, news), "others who read the one read the other"
        assert sports not in await similar(bob, news), "where one is already is no news"
        assert secret not in await similar(eve, news) and await similar(ann, secret) == []

    trio(story)
