"""Codes, two-step passwords, devices: as seen from three libraries."""

import asyncio

import pytest

from conftest import LIBRARIES, RpcError


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_wrong_code_is_refused_and_the_right_one_still_works(scenario, library):
    async def story(world):
        phone = world.phone()
        client = await world.client(library)
        hash, code = await client.begin_sign_in(phone)
        wrong = str((int(code) + 1) % 100000).zfill(5)
        with pytest.raises(RpcError) as refused:
            await client.call("sign_in", phone=phone, hash=hash, code=wrong)
        assert refused.value.code == 400
        assert "PHONE_CODE_INVALID" in refused.value.name or refused.value.kind == "PhoneCodeInvalidError"
        assert (await client.call("sign_in", phone=phone, hash=hash, code=code))["need"] == "sign_up"

    scenario(story)


def test_guessing_codes_ends_the_code(scenario):
    async def story(world):
        phone = world.phone()
        client = await world.client("gramjs")
        hash, code = await client.begin_sign_in(phone)
        for step in range(1, 20):
            with pytest.raises(RpcError) as refused:
                await client.call("sign_in", phone=phone, hash=hash, code=str((int(code) + step) % 100000).zfill(5))
            if refused.value.name != "PHONE_CODE_INVALID":
                break
        with pytest.raises(RpcError):
            await client.call("sign_in", phone=phone, hash=hash, code=code)

    scenario(story)


def test_asking_for_codes_without_end_meets_a_flood_wait(scenario):
    async def story(world):
        phone = world.phone()
        client = await world.client("gramjs")
        with pytest.raises(RpcError) as refused:
            for _ in range(50):
                await client.call("send_code", phone=phone)
        assert refused.value.code == 420 and refused.value.name.startswith("FLOOD_WAIT_"), refused.value

    scenario(story)


def test_an_expired_code_is_refused(own_server, scenario):
    own_server.config = "[codes]\nlifetime_seconds = 1\n"
    own_server.start()

    async def story(world):
        phone = world.phone()
        client = await world.client("mtcute")
        hash, code = await client.begin_sign_in(phone)
        await asyncio.sleep(2.1)
        with pytest.raises(RpcError) as refused:
            await client.call("sign_in", phone=phone, hash=hash, code=code)
        assert refused.value.name == "PHONE_CODE_EXPIRED"

    scenario(story, own_server)


@pytest.mark.parametrize("library", LIBRARIES)
def test_two_step_verification(scenario, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        await ann.call("set_password", new="correct horse", hint="animal")
        second = await world.client(library)
        hash = (await second.call("send_code", phone=ann.phone))["hash"]
        notice = await ann.event("new_message", peer=777000)
        code = "".join(c for c in notice["text"] if c.isdigit())[:5]
        assert (await second.call("sign_in", phone=ann.phone, hash=hash, code=code))["need"] == "password"
        with pytest.raises(RpcError) as refused:
            await second.call("password", password="battery staple")
        assert "PASSWORD_HASH_INVALID" in refused.value.name or refused.value.kind == "PasswordHashInvalidError"
        answer = await second.call("password", password="correct horse")
        assert answer["user"]["id"] == ann.user["id"]

        await second.call("set_password", new=None, current="correct horse")

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_sessions_are_listed_and_ended(scenario, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        second = await world.client("gramjs")
        hash = (await second.call("send_code", phone=ann.phone))["hash"]
        notice = await ann.event("new_message", peer=777000)
        code = "".join(c for c in notice["text"] if c.isdigit())[:5]
        await second.call("sign_in", phone=ann.phone, hash=hash, code=code)
        await ann.event("new_message", peer=777000)  # somebody signed in: the owner is told

        sessions = await ann.call("sessions")
        assert len(sessions) == 2 and sum(s["current"] for s in sessions) == 1
        other = next(s for s in sessions if not s["current"])
        # Fresh sessions may not end others within the first day; the first device is the older one here.
        await ann.call("end_session", hash=other["hash"])
        with pytest.raises((RpcError, AssertionError, RuntimeError, asyncio.TimeoutError)):
            await second.call("sessions", limit=10)
        assert len(await ann.call("sessions")) == 1

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_stored_session_survives_a_restart_of_client_and_server(own_server, scenario, library):
    own_server.start()

    async def before(world):
        ann = await world.person(library, "Ann")
        await ann.call("send", peer=ann.user["id"], text="remember")
        world.server.saved = (ann.user["id"], await ann.call("session"))

    async def after(world):
        me, session = world.server.saved
        ann = await world.client(library, session=session)
        assert (await ann.call("me"))["id"] == me
        assert [m["text"] for m in await ann.call("history", peer=me)] == ["remember"]

    scenario(before, own_server)
    assert own_server.stop() == 0
    own_server.start()
    scenario(after, own_server)


@pytest.mark.parametrize("library", LIBRARIES)
def test_what_was_missed_offline_comes_with_the_difference(scenario, library):
    async def story(world):
        ann = await world.person("telethon", "Ann")
        bob = await world.person(library, "Bob")
        await world.friends(ann, bob)
        sent = await ann.call("send", peer=bob.user["id"], text="one")
        await bob.event("new_message", text="one")
        await bob.call("disconnect")
        await ann.call("send", peer=bob.user["id"], text="two")
        await ann.call("edit", peer=bob.user["id"], id=sent["id"], text="one, corrected")
        await bob.call("reconnect")
        if library == "telethon":
            await bob.call("difference")
        # GramJS never asks for the difference. Telethon takes only new messages from it: it drops what else is
        # numbered there, because it compares it with the state that came along. The history has it all.
        if library != "gramjs":
            await bob.event("new_message", text="two")
        if library == "mtcute":
            await bob.event("edit_message", text="one, corrected")
        texts = [m["text"] for m in await bob.call("history", peer=ann.user["id"])]
        assert texts[:2] == ["two", "one, corrected"]

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_signing_out_and_deleting_the_account(scenario, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        bob = await world.person("gramjs", "Bob")
        await world.friends(ann, bob)
        await ann.call("send", peer=bob.user["id"], text="farewell")
        await bob.event("new_message", text="farewell")
        await ann.call("delete_account")
        history = await bob.call("history", peer=ann.user["id"])
        assert [m["text"] for m in history][0] == "farewell", "the other side keeps what it has received"
        again = await world.client(library)
        hash, code = await again.begin_sign_in(ann.phone)
        assert (await again.call("sign_in", phone=ann.phone, hash=hash, code=code))["need"] == "sign_up"

    scenario(story)
