"""kill -9 in the middle of messages, channel posts and uploads: nothing acknowledged is lost, nothing is doubled."""

import asyncio
import hashlib
import os
import random
import time

import pytest
from telethon import TelegramClient, functions, types
from telethon.crypto import rsa
from telethon.sessions import MemorySession


KILLS = int(os.environ.get("HELIOGRAPH_KILLS", "200"))
PART = 1024


class Sender:
    """Sends numbered messages to themselves, repeating each with the same random_id until it is acknowledged."""

    def __init__(self, client, name):
        self.client, self.name = client, name
        self.peer = types.InputPeerSelf()
        self.acknowledged = []
        self.stopped = False

    async def begin(self):
        pass

    async def call(self, request):
        """Until the server has answered, however often it dies."""
        while True:
            try:
                return await asyncio.wait_for(self.client(request), 20)
            except (ConnectionError, asyncio.TimeoutError, OSError):
                await asyncio.sleep(0.05)
                if not self.client.is_connected():
                    try:
                        await self.client.connect()
                    except (ConnectionError, OSError):
                        pass

    async def send(self, text, random_id):
        await self.call(functions.messages.SendMessageRequest(peer=self.peer, message=text, random_id=random_id))

    async def run(self):
        number = 0
        while not self.stopped:
            text = f"{self.name}-{number}"
            await self.send(text, random.getrandbits(63))
            self.acknowledged.append(text)
            number += 1

    async def stored(self):
        return [m async for m in self.client.iter_messages(self.peer, limit=None, wait_time=0) if m.message]

    async def verify(self):
        texts = [m.message for m in await self.stored()]
        assert len(texts) == len(set(texts)), "a message was stored twice"
        assert sorted(texts) == sorted(self.acknowledged), "an acknowledged message is gone"


class Poster(Sender):
    """The same in a public channel of their own, where posts are judged."""

    async def begin(self):
        made = await self.client(functions.channels.CreateChannelRequest(self.name, "", broadcast=True))
        self.peer = await self.client.get_input_entity(made.chats[0])
        await self.client(functions.channels.UpdateUsernameRequest(self.peer, f"{self.name}_of_kills"))


class Uploader(Sender):
    """The same with files, in parts that are each acknowledged."""

    @staticmethod
    def bytes_of(text):
        return (text.encode() * 300)[:2 * PART + 100]

    async def send(self, text, random_id):
        whole = self.bytes_of(text)
        parts = [whole[i:i + PART] for i in range(0, len(whole), PART)]
        for i, part in enumerate(parts):
            await self.call(functions.upload.SaveFilePartRequest(random_id, i, part))
        media = types.InputMediaUploadedDocument(
            types.InputFile(random_id, len(parts), "file", hashlib.md5(whole).hexdigest()), "text/plain",
            [types.DocumentAttributeFilename("file")])
        await self.call(functions.messages.SendMediaRequest(self.peer, media, text, random_id=random_id))

    async def verify(self):
        await super().verify()
        files = await self.stored()
        for message in random.sample(files, min(100, len(files))):
            assert await message.download_media(bytes) == self.bytes_of(message.message), "a file is not what was sent"


@pytest.mark.timeout(1200)
def test_nothing_acknowledged_is_lost_or_doubled(own_server, phones):
    own_server.start()
    seed = int(os.environ.get("HELIOGRAPH_SEED", time.time_ns() % 1_000_000))
    print("seed", seed)
    dice = random.Random(seed)

    async def story():
        rsa.add_key(own_server.endpoint["pem"], old=False)
        senders = []
        for i, kind in enumerate((Sender, Sender, Poster, Uploader)):
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
            senders.append(kind(client, f"sender{i}"))
            await senders[-1].begin()
        tasks = [asyncio.create_task(s.run()) for s in senders]

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
            await s.verify()
            await s.client.disconnect()
        total = sum(len(s.acknowledged) for s in senders)
        print(f"{KILLS} kills, {total} messages, posts and files acknowledged, all there, none twice")

    asyncio.run(story())
    report = own_server.run("check")
    assert report.returncode == 0, report.stdout + report.stderr
