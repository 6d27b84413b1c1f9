"""What enforcement does to a channel as a whole, and by country, as three client libraries see it."""

import pytest

from conftest import LIBRARIES, refused

OFFER = "Fake passports for sale, any country, dm me"
POLICY = """
version = "effects"
machine_may = ["{effect}"]

[[rule]]
id = "goods"
category = "illegal_goods"
at_least = 0.5
effect = "{effect}"
severity = 70
clause = "illegal-goods"
{more}
"""
THERE = "This message is not shown in your country because of a rule: Illegal goods."
CLOSED = "This was closed because it breaks a rule: Illegal goods."


def judged_by(server, effect, more):
    path = server.data.parent / f"{server.data.name}-{effect}.toml"
    path.write_text(POLICY.format(effect=effect, more=more))
    server.config = f'[codes]\nper_address_per_hour = 100000\n[safety]\npolicy = "{path}"\n'
    server.start()
    return path


@pytest.fixture
def by_country(own_server):
    path = judged_by(own_server, "restrict_countries", 'countries = ["GB"]')
    yield own_server
    path.unlink()


@pytest.fixture
def closing(own_server):
    path = judged_by(own_server, "close_channel", 'places = ["public_channel"]')
    yield own_server
    path.unlink()


async def briton(world, library, number):
    """Numbers that Ofcom keeps for drama (London)."""
    client = await world.client(library)
    await client.sign_up(f"+44207946012{number}", "George")
    return client


async def restriction(who, username):
    """What the client is told of the channel's restriction."""
    found = await who.invoke("contacts.resolveUsername", username=username)
    return found.chats[0].restriction_reason


def test_a_message_is_not_shown_in_a_country(by_country, scenario):
    async def story(world):
        ann = await world.person("telethon", "Ann")
        bob = await world.person("gramjs", "Bob")
        britons = [await briton(world, library, i) for i, library in enumerate(LIBRARIES)]
        news = await world.public_channel(ann, "papers_abroad")
        for who in (bob, *britons):
            await who.call("join", username="papers_abroad")
        sent = await ann.call("send", peer=news, text=OFFER)
        assert sent["text"] == OFFER
        assert (await bob.event("new_message", peer=news))["text"] == OFFER
        for who in britons:
            assert (await who.event("new_message", peer=news))["text"] == THERE
            [seen] = [m for m in await who.call("history", peer=news) if m["id"] == sent["id"]]
            assert seen["text"] == THERE
            [raw] = (await who.invoke("channels.getMessages", channel=news,
                                      id=[{"_": "inputMessageID", "id": sent["id"]}])).messages
            [reason] = raw.restriction_reason
            assert (reason.platform, reason.reason, reason.text) == ("all", "terms", THERE)
            assert await who.call("search", peer=news, query="passports") == []
            with refused("CHAT_FORWARDS_RESTRICTED"):
                await who.call("forward", peer=who.id, from_peer=news, ids=[sent["id"]])
        assert [m["text"] for m in await bob.call("search", peer=news, query="passports")] == [OFFER]
        while "is not shown in these countries any more: GB" not in (
                await ann.event("new_message", peer=777000))["text"]:
            pass

    scenario(story, by_country)


def test_a_channel_is_closed_for_what_it_posts(closing, scenario):
    async def story(world):
        ann = await world.person("telethon", "Ann")
        readers = [await world.person(library, "Bob") for library in LIBRARIES]
        news = await world.public_channel(ann, "papers_shop")
        for who in readers:
            await who.call("join", username="papers_shop")
        await ann.call("send", peer=news, text="Good morning")
        for who in readers:
            await who.event("new_message", peer=news, text="Good morning")
        # The channel is closed in the transaction that would have shown it.
        await ann.call("send", peer=news, text=OFFER)
        while "Your channel “News” was closed." not in (
                await ann.event("new_message", peer=777000))["text"]:
            pass
        for who in (ann, *readers):
            [reason] = await restriction(who, "papers_shop")
            assert (reason.platform, reason.reason, reason.text) == ("all", "terms", CLOSED)
            with refused("CHANNEL_PRIVATE"):
                await who.call("history", peer=news)
            dialogs = [d for d in await who.call("dialogs") if d["peer"] != 777000]
            assert "Good morning" not in str(dialogs) and OFFER not in str(dialogs)
            found = await who.call("find_peers", query="papers_shop")
            assert "papers_shop" not in str(found)
        with refused("CHANNEL_PRIVATE"):
            await ann.call("send", peer=news, text="Hello?")
        # Its name is not for others.
        other = (await readers[0].call("create_channel", title="Other", broadcast=True))["peer"]
        with refused("USERNAME_OCCUPIED"):
            await readers[0].call("set_channel_username", peer=other, username="papers_shop")

    scenario(story, closing)
