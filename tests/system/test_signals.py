"""Behaviour in public places is a witness: what many write alike is one campaign, as the policy file says."""

import asyncio
import json
import re

from conftest import LIBRARIES

SAME = "The new season of walks along the river begins on Saturday at nine o'clock, bring {} friends"
POLICY = """
version = "campaigns"
machine_may = ["remove"]

[signals]
campaign_authors = 3

[[signals.raise]]
id = "same-by-many"
measure = "authors"
at_least = 3
category = "spam"
confidence = 0.95

[[rule]]
id = "spam"
category = "spam"
at_least = 0.9
effect = "remove"
severity = 20
clause = "spam"
"""


async def case_told_to(person):
    while not (case := re.search(r"was removed.*Case (\d+)\.", (await person.event("new_message", peer=777000))["text"],
                                 re.DOTALL)):
        pass  # codes come from there, too
    return int(case[1])


def test_three_libraries_and_one_campaign(own_server, scenario):
    path = own_server.data.parent / f"{own_server.data.name}-campaigns.toml"
    path.write_text(POLICY)
    own_server.config = f'[safety]\npolicy = "{path}"\n'
    own_server.start()

    async def story(world):
        people = [await world.person(library, f"Person {i}") for i, library in enumerate(LIBRARIES)]
        talk = await world.public_channel(people[0], "river_walks", broadcast=False)
        for person in people[1:]:
            await person.call("join", username="river_walks")
        await world.friends(people[0], people[1])
        for person in people:  # in private nobody counts
            if person is not people[0]:
                await world.friends(people[0], person)
                await person.call("send", peer=people[0].user["id"], text=SAME.format(2))
        sent = [await person.call("send", peer=talk, text=SAME.format(i + 3)) for i, person in enumerate(people)]
        assert [one["text"].startswith("This message was removed") for one in sent] == [False, False, True]
        for edited in (await people[1].event("edit_message"), await people[1].event("edit_message")):
            assert edited["text"].startswith("This message was removed"), "those before it, too"
        assert all(m["text"].startswith("This message was removed") for m in await people[2].call("history", peer=talk)
                   if m["text"])
        assert {await case_told_to(person) for person in people} == {1}

        await asyncio.to_thread(own_server.stop)
        same = own_server.run("replay", "--policy", str(path))
        assert json.loads(same.stdout.splitlines()[-1]) == {"texts": 3, "different": 0}, same.stdout
        lax = path.with_suffix(".lax")
        lax.write_text(POLICY.replace("at_least = 3", "at_least = 9"))
        other = json.loads(own_server.run("replay", "--policy", str(lax)).stdout.splitlines()[-1])
        assert other["changes"] == {"remove -> allow": 3}

    scenario(story, own_server)
    path.unlink()
