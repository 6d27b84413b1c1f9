"""A search that the guard refuses is answered with help that any client can show and open."""

import asyncio

import pytest

from conftest import LIBRARIES

# One of the words that the shipped lists answer with help, as people write it to get past a list.
SPELLINGS = ["cocaine", "Cocaine", "c0caine", "co.caine", "c o c a i n e", "kokain", "cociane", "сосаine", "coc\u200baine"]
HASHTAGS = ["cocaine", "c0ca1ne", "kokain", "cociane"]


async def help_channel(person):
    found = await person.call("find_peers", query="cocaine")
    assert found["mine"] == [] and len(found["others"]) == 1, found
    return found["others"][0]


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_spelling_shows_help(scenario, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        peer = await help_channel(ann)
        for spelling in SPELLINGS:
            assert (await ann.call("find_peers", query=spelling))["others"] == [peer], spelling
        for hashtag in HASHTAGS:
            (post,) = await ann.call("search_posts", hashtag=hashtag)
            assert post["peer"] == peer and "911" in post["text"], hashtag
            assert post["text"].endswith("Show the results anyway")
        page = await ann.invoke("messages.getHistory", peer=peer, limit=100)
        assert post["text"] in [m.message for m in page.messages if m._ == "message"]  # it can be opened like any channel

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_ordinary_words_are_found(scenario, library):
    async def story(world):
        ann = await world.person("telethon", "Ann")
        bob = await world.person(library, "Bob")
        peer = await world.public_channel(ann, f"cocoa_{library}", title="Cocoa and seaweed")
        found = lambda: bob.call("find_peers", query=f"cocoa_{library}")
        for _ in range(50):
            if (await found())["others"] == [peer]:
                break
            await asyncio.sleep(0.1)
        assert (await found())["others"] == [peer]
        for query in ["pot roast", "grass seed", "Scunthorpe", "heroine", "overdose help"]:
            assert (await bob.call("find_peers", query=query))["others"] == [], query

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_ones_own_words_are_ones_own(scenario, library):
    async def story(world):
        ann = await world.person("telethon", "Ann")
        bob = await world.person(library, "Bob")
        await world.friends(ann, bob)
        await ann.call("send", peer=bob.user["id"], text="an essay on cocaine, for Bob")
        await bob.event("new_message", text="an essay on cocaine, for Bob")
        found = await bob.call("search_global", query="cocaine")
        assert [m["text"] for m in found][-1] == "an essay on cocaine, for Bob"
        assert len(found) == 2 and "911" in found[0]["text"]

    scenario(story)


RULE_FOR_SEARCHES = """version = "searches"
[[rule]]
id = "asked-for"
category = "illegal_goods"
at_least = 0.9
places = ["search"]
effect = "remove"
clause = "illegal-goods"
"""


def test_a_rule_for_searches_stops_what_no_term_names(own_server, scenario):
    path = own_server.data.parent / f"{own_server.data.name}-searches.toml"
    path.write_text(RULE_FOR_SEARCHES)
    own_server.config = f'[safety]\npolicy = "{path}"\n'
    own_server.start()

    async def story(world):
        ann = await world.person("telethon", "Ann")
        peer = await help_channel(ann)
        assert (await ann.call("find_peers", query="cigarettes without stamps"))["others"] == [peer]
        assert (await ann.call("find_peers", query="stamps of the post"))["others"] == []
        # Rules for what is asked say nothing of what is published.
        news = await world.public_channel(ann, "stamps_and_cigarettes")
        sent = await ann.call("send", peer=news, text="cigarettes without stamps")
        assert sent["text"] == "cigarettes without stamps"

    scenario(story, own_server)
    path.unlink()
