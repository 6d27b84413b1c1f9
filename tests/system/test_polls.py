"""Polls and quizzes, as three client libraries see them."""

import asyncio
import itertools
import time

import pytest

from conftest import LIBRARIES, RpcError

# Telethon turns the names it knows into classes.
CLASSES = {
    "RevoteNotAllowedError": "REVOTE_NOT_ALLOWED", "MessagePollClosedError": "MESSAGE_POLL_CLOSED",
    "PollVoteRequiredError": "POLL_VOTE_REQUIRED", "BroadcastForbiddenError": "BROADCAST_FORBIDDEN",
    "PollAnswersInvalidError": "POLL_ANSWERS_INVALID", "PollQuestionInvalidError": "POLL_QUESTION_INVALID",
    "OptionsTooMuchError": "OPTIONS_TOO_MUCH", "MediaInvalidError": "MEDIA_INVALID",
    "QuizCorrectAnswersEmptyError": "QUIZ_CORRECT_ANSWERS_EMPTY", "QuizMultipleInvalidError": "QUIZ_MULTIPLE_INVALID",
    "QuizCorrectAnswerInvalidError": "QUIZ_CORRECT_ANSWER_INVALID",
    "BroadcastPublicVotersForbiddenError": "BROADCAST_PUBLIC_VOTERS_FORBIDDEN",
    "MessageAuthorRequiredError": "MESSAGE_AUTHOR_REQUIRED",
}
PAIRS = [(a, b) for a, b in itertools.product(LIBRARIES, LIBRARIES) if a != b]


async def refused(call, name):
    with pytest.raises(RpcError) as error:
        await call
    assert CLASSES.get(error.value.kind, error.value.name) == name


async def supergroup(world, owner, others, username):
    """A supergroup that they are all in; its peer."""
    peer = await world.public_channel(owner, username, title="Talk", broadcast=False)
    for one in others:
        await one.call("join", username=username)
    return peer


@pytest.mark.parametrize("a,b", PAIRS)
def test_a_poll_in_a_supergroup(scenario, a, b):
    async def story(world):
        ann = await world.person(a, "Ann")
        bob = await world.person(b, "Bob")
        eve = await world.person("telethon", "Eve")
        peer = await supergroup(world, ann, [bob, eve], f"polls_{a}_{b}")
        sent = await ann.call("send_poll", peer=peer, question="Tea or coffee?", answers=["Tea", "Coffee"])
        assert sent["media"] == "poll"
        got = await bob.event("new_message", media="poll")
        assert got["id"] == sent["id"]
        shown = await bob.call("poll", peer=peer, id=sent["id"])
        assert (shown["question"], shown["answers"]) == ("Tea or coffee?", ["Tea", "Coffee"])
        assert shown["counts"] is None and not shown["closed"], "how it stands is shown after voting"

        voted = await bob.call("vote", peer=peer, id=sent["id"], answers=[1])
        assert (voted["counts"], voted["chosen"], voted["total"]) == ([0, 1], [1], 1)
        told = await ann.event("poll", total=1)
        assert told["min"] and told["counts"] == [0, 1] and told["chosen"] == []
        await ann.call("vote", peer=peer, id=sent["id"], answers=[0])
        both = await eve.call("vote", peer=peer, id=sent["id"], answers=[1])
        assert both["counts"] == [1, 2]
        await bob.event("poll", total=3)
        assert (await bob.call("poll_results", peer=peer, id=sent["id"]))["counts"] == [1, 2]

        await refused(bob.call("vote", peer=peer, id=sent["id"], answers=[0]), "REVOTE_NOT_ALLOWED")
        await refused(eve.call("vote", peer=peer, id=sent["id"], answers=[0, 1]), "OPTIONS_TOO_MUCH")
        back = await bob.call("vote", peer=peer, id=sent["id"], answers=[])
        assert back["counts"] is None and back["total"] == 2
        again = await bob.call("vote", peer=peer, id=sent["id"], answers=[0])
        assert (again["counts"], again["chosen"]) == ([2, 1], [0])

        await refused(bob.call("close_poll", peer=peer, id=sent["id"]), "MESSAGE_AUTHOR_REQUIRED")
        closed = await ann.call("close_poll", peer=peer, id=sent["id"])
        assert closed["closed"] and closed["counts"] == [2, 1] and closed["chosen"] == [0]
        assert (await bob.event("poll", closed=True))["counts"] == [2, 1]
        await refused(bob.call("vote", peer=peer, id=sent["id"], answers=[]), "MESSAGE_POLL_CLOSED")
        assert (await bob.call("poll", peer=peer, id=sent["id"]))["closed"]

    scenario(story)


@pytest.mark.parametrize("a,b", PAIRS)
def test_a_poll_in_a_basic_group_has_many_copies(scenario, a, b):
    async def story(world):
        ann = await world.person(a, "Ann")
        bob = await world.person(b, "Bob")
        await world.friends(ann, bob)
        group = await ann.call("create_group", title="Friends", users=[bob.user["id"]])
        sent = await ann.call("send_poll", peer=group["peer"], question="Which?", answers=["x", "y", "z"], multiple=True)
        got = await bob.event("new_message", media="poll")
        voted = await bob.call("vote", peer=got["peer"], id=got["id"], answers=[2, 0])
        assert voted["counts"] == [1, 0, 1] and voted["chosen"] == [0, 2]
        await ann.event("poll", total=1)
        mine = await ann.call("vote", peer=group["peer"], id=sent["id"], answers=[0])
        assert mine["counts"] == [2, 0, 1]

    scenario(story)


@pytest.mark.parametrize("a,b", PAIRS)
def test_a_quiz_is_explained_after_the_answer(scenario, a, b):
    async def story(world):
        ann = await world.person(a, "Ann")
        bob = await world.person(b, "Bob")
        name = f"quiz_{a}_{b}"
        peer = await world.public_channel(ann, name)
        await bob.call("join", username=name)
        sent = await ann.call("send_poll", peer=peer, question="2 + 2?", answers=["3", "4"], quiz=True, correct=1,
                              solution="Count your fingers.")
        await bob.event("new_message", media="poll")
        shown = await bob.call("poll", peer=peer, id=sent["id"])
        assert shown["quiz"] and shown["solution"] is None and shown["correct"] == -1
        answered = await bob.call("vote", peer=peer, id=sent["id"], answers=[0])
        assert answered["correct"] == 1 and answered["solution"] == "Count your fingers."
        told = await ann.event("poll", total=1)
        assert told["solution"] is None and told["correct"] == -1, "who has not answered yet is told nothing"
        await refused(bob.call("vote", peer=peer, id=sent["id"], answers=[]), "REVOTE_NOT_ALLOWED")
        seen = await bob.call("poll", peer=peer, id=sent["id"])
        assert seen["chosen"] == [0] and seen["solution"] == "Count your fingers."

    scenario(story)


@pytest.mark.parametrize("a,b", PAIRS)
def test_who_voted_for_what(scenario, a, b):
    async def story(world):
        ann = await world.person(a, "Ann")
        bob = await world.person(b, "Bob")
        eve = await world.person("mtcute", "Eve")
        peer = await supergroup(world, ann, [bob, eve], f"votes_{a}_{b}")
        sent = await ann.call("send_poll", peer=peer, question="Who?", answers=["me", "you"], public_voters=True)
        where = {"peer": peer, "id": sent["id"]}
        await refused(ann.call("poll_votes", **where, count=10), "POLL_VOTE_REQUIRED")
        for who, answer in ((ann, 0), (bob, 1), (eve, 1)):
            await who.call("vote", **where, answers=[answer])
        everybody, offset = [], None
        for _ in range(3):
            page = await bob.call("poll_votes", **where, count=1, offset=offset)
            assert page["total"] == 3 and len(page["users"]) == 1
            everybody += page["users"]
            offset = page["next"]
        assert offset is None and set(everybody) == {p.user["id"] for p in (ann, bob, eve)}
        page = await ann.call("poll_votes", **where, answer=1, count=10)
        assert page["total"] == 2 and set(page["users"]) == {bob.user["id"], eve.user["id"]}
        assert set((await bob.call("poll", **where))["recent"]) == set(everybody)

        secret = await ann.call("send_poll", peer=peer, question="Who?", answers=["me", "you"])
        await bob.call("vote", peer=peer, id=secret["id"], answers=[0])
        await refused(bob.call("poll_votes", peer=peer, id=secret["id"], count=10), "BROADCAST_FORBIDDEN")

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_forwarded_poll_is_the_same_poll(scenario, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        bob = await world.person("telethon", "Bob")
        first = await supergroup(world, ann, [bob], f"first_{library}")
        second = await supergroup(world, ann, [bob], f"second_{library}")
        sent = await ann.call("send_poll", peer=first, question="Here?", answers=["here", "there"])
        await ann.call("vote", peer=first, id=sent["id"], answers=[0])
        [copy] = await ann.call("forward", peer=second, ids=[sent["id"]], from_peer=first)
        shown = await ann.call("poll", peer=second, id=copy["id"])
        assert shown["id"] == (await ann.call("poll", peer=first, id=sent["id"]))["id"]
        assert shown["counts"] == [1, 0] and shown["chosen"] == [0]
        await bob.call("vote", peer=second, id=copy["id"], answers=[1])
        assert (await ann.call("poll", peer=first, id=sent["id"]))["counts"] == [1, 1]
        # The votes stay as long as one message shows them.
        await ann.call("delete", peer=first, ids=[sent["id"]])
        assert (await bob.call("poll", peer=second, id=copy["id"]))["counts"] == [1, 1]

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_poll_closes_by_itself(scenario, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        bob = await world.person(library, "Bob")
        peer = await supergroup(world, ann, [bob], f"timer_{library}")
        sent = await ann.call("send_poll", peer=peer, question="Quick?", answers=["yes", "no"], close_in=5)
        await bob.call("vote", peer=peer, id=sent["id"], answers=[0])
        told = await bob.event("poll", limit=12, closed=True)
        assert told["counts"] == [1, 0]
        assert (await ann.call("poll", peer=peer, id=sent["id"]))["counts"] == [1, 0], "without a vote of her own"
        await refused(ann.call("vote", peer=peer, id=sent["id"], answers=[0]), "MESSAGE_POLL_CLOSED")

    scenario(story)


@pytest.mark.parametrize("library", ["mtcute", "telethon"])
def test_who_was_away_learns_that_a_poll_is_closed(scenario, library):
    async def story(world):
        ann = await world.person("telethon", "Ann")
        bob = await world.person(library, "Bob")
        await world.friends(ann, bob)
        group = await ann.call("create_group", title="Friends", users=[bob.user["id"]])
        sent = await ann.call("send_poll", peer=group["peer"], question="Still?", answers=["yes", "no"])
        got = await bob.event("new_message", media="poll")
        await bob.call("disconnect")
        await ann.call("close_poll", peer=group["peer"], id=sent["id"])
        await bob.call("reconnect")
        # Telethon drops what is numbered in a difference, save new messages; the history has it.
        if library == "mtcute":
            await bob.event("edit_message", media="poll")
        assert (await bob.call("poll", peer=got["peer"], id=got["id"]))["closed"]

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_what_is_no_poll_is_refused(scenario, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        bob = await world.person(library, "Bob")
        await world.friends(ann, bob)
        group = await ann.call("create_group", title="Friends", users=[bob.user["id"]])
        peer = group["peer"]

        def ask(**more):
            return ann.call("send_poll", **{"peer": peer, "question": "?", "answers": ["a", "b"], **more})

        await refused(ask(answers=["alone"]), "POLL_ANSWERS_INVALID")
        await refused(ask(answers=[f"answer {i}" for i in range(1000 if library == "telethon" else 200)]),
                      "POLL_ANSWERS_INVALID")
        await refused(ask(question="x" * 301), "POLL_QUESTION_INVALID")
        await refused(ask(quiz=True, correct=0, multiple=True), "QUIZ_MULTIPLE_INVALID")
        await refused(ask(quiz=True, correct=7), "QUIZ_CORRECT_ANSWER_INVALID")
        await refused(ask(close_in=3), "MEDIA_INVALID")
        await refused(ask(peer=bob.user["id"]), "MEDIA_INVALID")
        channel = await ann.call("create_channel", title="News", broadcast=True)
        await refused(ask(peer=channel["peer"], public_voters=True), "BROADCAST_PUBLIC_VOTERS_FORBIDDEN")
        assert all(m["media"] is None for m in await ann.call("history", peer=peer)), "nothing is half made"

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_polls_are_found_by_what_they_ask(scenario, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        name = f"found_{library}"
        peer = await world.public_channel(ann, name)
        word = f"marzipan{library}"
        sent = await ann.call("send_poll", peer=peer, question="Which cake?", answers=[word, "none"])
        assert [m["id"] for m in await ann.call("search", peer=peer, query=word)] == [sent["id"]]
        assert [m["id"] for m in await ann.call("search", peer=peer, query="cake")] == [sent["id"]]

    scenario(story)


@pytest.mark.parametrize("library", ["mtcute", "telethon"])
def test_a_public_poll_is_found_by_everybody(scenario, library):
    async def story(world):
        ann = await world.person("telethon", "Ann")
        bob = await world.person(library, "Bob")
        peer = await world.public_channel(ann, f"public_poll_{library}")
        word = f"nougat{library}"
        sent = await ann.call("send_poll", peer=peer, question="Which cake?", answers=[word, "none"])
        begun = time.monotonic()
        while not (found := await bob.call("search_posts", query=word)):
            assert time.monotonic() - begun < 5, "not found"
            await asyncio.sleep(0.1)
        assert [(m["peer"], m["id"]) for m in found] == [(peer, sent["id"])]

    scenario(story)
