"""kill -9 in the middle of a stream of sends: nothing acknowledged is lost, nothing is doubled."""

import asyncio
import os
import random
import time

import pytest
from telethon import TelegramClient, functions, types
from telethon.crypto import rsa
from telethon.sessions import MemorySession


KILLS = int(os.environ.get("HELIOGRAPH_KILLS", "200"))
SENDERS = 4


class Sender:
    """Sends numbered messages to one peer, repeating each with the same random_id until it is acknowledged."""

    def __init__(self, client, name):
        self.client, self.name = client, name
        self.acknowledged = []
        self.stopped = False

    async def run(self, peer):
        number = 0
        while not self.stopped:
            text, random_id = f"{self.name}-{number}", random.getrandbits(63)
            while True:
                try:
                    await asyncio.wait_for(self.client(functions.messages.SendMessageRequest(
                        peer=peer, message=text, random_id=random_id)), 20)
                    break
                except (ConnectionError, asyncio.TimeoutError, OSError):
                    await asyncio.sleep(0.05)
                    if not self.client.is_connected():
                        try:
                            await self.client.connect()
                        except (ConnectionError, OSError):
                            pass
            self.acknowledged.append(text)
            number += 1


@pytest.mark.timeout(1200)
def test_nothing_acknowledged_is_lost_or_doubled(own_server, phones):
    own_server.start()
    seed = int(os.environ.get("HELIOGRAPH_SEED", time.time_ns() % 1_000_000))
    print("seed", seed)
    dice = random.Random(seed)

    async def story():
        rsa.add_key(own_server.endpoint["pem"], old=False)
        senders = []
        for i in range(SENDERS):
            session = MemorySession()
            session.set_dc(2, own_server.endpoint["host"], own_server.endpoint["port"])
            client = TelegramClient(session, 1, "x", connection_retries=1000, retry_delay=0.02, request_retries=1000,
                                    flood_sleep_threshold=60)
            await client.connect()
            phone = next(phones)
            sent = await client(functions.auth.SendCodeRequest(phone, 1, "x", types.CodeSettings()))
            code = await own_server.code_for(phone)
            await client(functions.auth.SignInRequest(phone, sent.phone_code_hash, code))
            await client(functions.auth.SignUpRequest(phone, sent.phone_code_hash, f"Sender {i}", ""))
            senders.append(Sender(client, f"s{i}"))
        tasks = [asyncio.create_task(s.run(types.InputPeerSelf())) for s in senders]

        for kill in range(KILLS):
            await asyncio.sleep(dice.uniform(0.01, 0.35))
            own_server.kill()
            await asyncio.to_thread(own_server.start)
            # A kill proves something only if sends go through between two of them.
            before = sum(len(s.acknowledged) for s in senders)
            deadline = time.monotonic() + 20
            while sum(len(s.acknowledged) for s in senders) == before:
                assert time.monotonic() < deadline, f"no send got through after kill {kill}"
                await asyncio.sleep(0.01)
        for s in senders:
            s.stopped = True
        await asyncio.wait_for(asyncio.gather(*tasks), 60)

        for s in senders:
            texts = [m.message async for m in s.client.iter_messages("me", limit=None, wait_time=0) if m.message]
            assert len(texts) == len(set(texts)), "a message was stored twice"
            assert sorted(texts) == sorted(s.acknowledged), "an acknowledged message is gone"
            await s.client.disconnect()
        total = sum(len(s.acknowledged) for s in senders)
        print(f"{KILLS} kills, {total} messages acknowledged, all there, none twice")

    asyncio.run(story())
    report = own_server.run("check")
    assert report.returncode == 0, report.stdout + report.stderr
