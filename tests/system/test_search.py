"""What is public is found, as three client libraries search for it."""

import asyncio
import time

import pytest

from conftest import LIBRARIES

WITHIN = 5.0  # seconds; mostly well under one


async def until(ask, expected):
    """Asks until this is the answer; how long it took."""
    begun = time.monotonic()
    while (found := await ask()) != expected:
        assert time.monotonic() - begun < WITHIN, f"{found} in place of {expected}"
        await asyncio.sleep(0.1)
    return time.monotonic() - begun


async def until_texts(ask, expected):
    """The same for the texts of what is found, in any order."""
    async def texts():
        return sorted(m["text"] for m in await ask())

    return await until(texts, sorted(expected))


@pytest.mark.parametrize("library", LIBRARIES)
def test_posts_are_found_and_follow(scenario, library):
    async def story(world):
        ann = await world.person("telethon", "Ann")
        bob = await world.person(library, "Bob")
        tag = f"looms{library}"
        peer = await world.public_channel(ann, f"weavers_{library}")
        hidden = await ann.call("create_channel", title="Hidden", broadcast=True)
        await ann.call("send", peer=hidden["peer"], text=f"hidden #{tag}")
        sent = await ann.call("send", peer=peer, text=f"engines #{tag}")
        tagged = lambda: bob.call("search_posts", hashtag=tag)
        took = await until_texts(tagged, [f"engines #{tag}"])
        assert took < 2, f"found after {took:.1f} s"
        await ann.call("edit", peer=peer, id=sent["id"], text=f"machines #{tag}")
        await until_texts(tagged, [f"machines #{tag}"])
        await ann.call("delete", peer=peer, ids=[sent["id"]])
        await until_texts(tagged, [])

    scenario(story)


@pytest.mark.parametrize("library", [name for name in LIBRARIES if name != "gramjs"])
def test_posts_by_word_beginning_and_characters(scenario, library):
    async def story(world):
        ann = await world.person("telethon", "Ann")
        bob = await world.person(library, "Bob")
        peer = await world.public_channel(ann, f"words_{library}", broadcast=False)
        word = f"zyzzyva{library}"
        text = f"a {word} 東京都{library}の天気"
        await ann.call("send", peer=peer, text=text)
        await until_texts(lambda: bob.call("search_posts", query=word), [text])
        await until_texts(lambda: bob.call("search_posts", query=word[:-2]), [text])
        await until_texts(lambda: bob.call("search_posts", query=f"京都 {word}"), [text])
        await bob.call("join", username=f"words_{library}")
        await ann.call("kick_member", peer=peer, user=bob.user["id"])
        await until_texts(lambda: bob.call("search_posts", query=word), [])

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_pages_neither_repeat_nor_skip(scenario, library):
    async def story(world):
        ann = await world.person("telethon", "Ann")
        bob = await world.person(library, "Bob")
        peer = await world.public_channel(ann, f"pages_{library}")
        texts = [f"{i} #pages{library}" for i in range(23)]
        for text in texts:
            await ann.call("send", peer=peer, text=text)
        await until_texts(lambda: bob.call("search_posts", hashtag=f"pages{library}", limit=5), texts)

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_own_dialogs_and_names(scenario, library):
    async def story(world):
        ann = await world.person("telethon", "Ann")
        bob = await world.person(library, "Bob")
        await world.friends(ann, bob)
        name = f"teahouse_{library}"
        peer = await world.public_channel(ann, name)
        await ann.call("send", peer=peer, text=f"oolong{library} in public")
        await ann.call("send", peer=bob.user["id"], text=f"oolong{library} for Bob")
        await bob.event("new_message", text=f"oolong{library} for Bob")
        mine = lambda: bob.call("search_global", query=f"oolong{library}")
        await until_texts(mine, [f"oolong{library} for Bob"])
        await until(lambda: bob.call("find_peers", query=name[:-2]), {"mine": [], "others": [peer]})
        await bob.call("join", username=name)
        await until_texts(mine, [f"oolong{library} for Bob", f"oolong{library} in public"])
        assert (await bob.call("find_peers", query=name))["mine"] == [peer]

    scenario(story)


def test_a_killed_server_and_a_rebuilt_index(own_server, scenario):
    own_server.start()

    async def story(world):
        ann = await world.person("telethon", "Ann")
        peer = await world.public_channel(ann, "survivors")
        for i in range(20):
            await ann.call("send", peer=peer, text=f"survivor {i}")
        own_server.kill()  # with some of it not in the index yet
        await asyncio.to_thread(own_server.start)
        await ann.call("send", peer=peer, text="survivor 20")
        texts = [f"survivor {i}" for i in range(21)]
        await until_texts(lambda: ann.call("search_posts", query="survivor"), texts)
        await asyncio.to_thread(own_server.stop)
        assert "25 documents" in (await asyncio.to_thread(own_server.run, "search", "rebuild")).stdout
        await asyncio.to_thread(own_server.start)
        await until_texts(lambda: ann.call("search_posts", query="survivor"), texts)

    scenario(story, own_server)
