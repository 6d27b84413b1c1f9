"""Starts servers and foreign clients for the scenarios, and stops everything it started."""

import asyncio
import contextlib
import itertools
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request

import pytest

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
BINARY = pathlib.Path(os.environ.get("HELIOGRAPH", ROOT / "build/release/heliograph"))
PYTHON = ROOT / "build/venv/bin/python"
# Debian's Node.js is older than what mtcute asks for: npm brings a pinned one.
NODE = next((str(p) for p in HERE.glob("node_modules/node-linux-*/bin/node")), "node")

LIBRARIES = ["gramjs", "mtcute", "telethon"]
ADAPTERS = {
    "gramjs": [NODE, str(HERE / "clients/gramjs_client.mjs")],
    "mtcute": [NODE, str(HERE / "clients/mtcute_client.mjs")],
    "telethon": [str(PYTHON), str(HERE / "clients/telethon_client.py")],
}


def pytest_collection_modifyitems(items):
    """Files with a long story first: one that begins last is waited for with half of the machine idle."""
    longest = {}
    for item in items:
        limit = item.get_closest_marker("timeout")
        longest[item.path] = max(longest.get(item.path, 0), limit.args[0] if limit else 0)
    items.sort(key=lambda item: -longest[item.path])


class RpcError(Exception):
    """What the library reported: the wire's code and name where it was an RPC error."""

    def __init__(self, error):
        super().__init__(json.dumps(error))
        self.code = error.get("code")
        self.name = error.get("name")
        self.kind = error.get("class", "")


@contextlib.contextmanager
def refused(name):
    """What is done within is refused, under this name (a regular expression)."""
    with pytest.raises(RpcError) as error:
        yield
    assert re.fullmatch(name, error.value.name), error.value


class Plain(dict):
    """An object of the schema, as clients/schema.mjs describes it; what an object does not have is None."""

    __getattr__ = dict.get


def received(value):
    if value.keys() == {"$long"}:
        return int(value["$long"])
    return bytes.fromhex(value["$bytes"]) if value.keys() == {"$bytes"} else Plain(value)


def given(value):
    if isinstance(value, dict):
        return {k: given(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [given(v) for v in value]
    if isinstance(value, bytes):
        return {"$bytes": value.hex()}
    return {"$long": str(value)} if isinstance(value, int) and abs(value) > 1 << 53 else value


def free_address():
    """A free port below 32768: GramJS cannot store a session with a higher one."""
    while True:
        port = random.randrange(20000, 32768)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return f"127.0.0.1:{port}"
            except OSError:
                pass


class Server:
    """One heliograph process on free ports, with a data folder of its own."""

    def __init__(self, data=None, config="", environment=None):
        self.data = pathlib.Path(data or tempfile.mkdtemp(prefix="heliograph-test-"))
        self.config = config
        self.environment = environment or {}
        self.process = None
        self.info = None
        self.address = (free_address(), free_address())

    def start(self):
        """Starts it where it was before; the first time somewhere else if another program came first."""
        for _ in range(5):
            try:
                return self.start_once()
            except RuntimeError as why:
                if self.info is not None or "Address already in use" not in str(why):
                    raise
                self.address = (free_address(), free_address())
        raise RuntimeError("no free ports")

    def start_once(self):
        command = [str(BINARY), "serve", "--data", str(self.data), "--listen-mtproto", self.address[0],
                   "--listen-http", self.address[1]]
        if self.config:
            path = self.data.parent / (self.data.name + ".toml")
            path.write_text(self.config)
            command += ["--config", str(path)]
        self.log_path = self.data.parent / (self.data.name + ".log")
        ready = self.data / "listening.json"
        ready.unlink(missing_ok=True)  # a killed server leaves it behind
        self.log = open(self.log_path, "ab")
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log,
                                        env={**os.environ, **self.environment})
        deadline = time.monotonic() + 20
        while not ready.exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the server did not start:\n" + self.log_path.read_text()[-4000:])
            time.sleep(0.005)
        ports = json.loads(ready.read_text())
        self.address = (ports["mtproto"], ports["http"])
        if self.info is None:
            with urllib.request.urlopen(self.url("/.well-known/heliograph.json"), timeout=5) as reply:
                self.info = json.load(reply)
        return self

    def url(self, path):
        return f"http://{self.address[1]}{path}"

    @property
    def endpoint(self):
        host, port = self.address[0].rsplit(":", 1)
        return {"host": host, "port": int(port), "pem": self.info["rsa_public_key_pem"]}

    @property
    def websocket(self):
        host, port = self.address[1].rsplit(":", 1)
        return {"host": host, "port": int(port), "url": f"ws://{self.address[1]}/apiws"}

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.log.close()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise AssertionError("the server did not stop when asked to")
        self.log.close()
        return self.process.returncode

    def run(self, *arguments):
        """Runs another command of the binary on this server's data folder."""
        return subprocess.run([str(BINARY), *arguments, "--data", str(self.data)], capture_output=True, text=True,
                              timeout=60)

    async def code_for(self, phone, after=0.0, limit=10.0):
        """The newest sign-in code for a number, as the operator's log delivery wrote it."""
        digits = phone.lstrip("+")
        deadline = time.monotonic() + limit
        while time.monotonic() < deadline:
            path = self.data / "codes.jsonl"
            if path.exists():
                for line in reversed(path.read_text().splitlines()):
                    entry = json.loads(line)
                    if entry["phone"].lstrip("+") == digits and entry["at"] >= int(after):
                        return entry["code"]
            await asyncio.sleep(0.02)
        raise AssertionError(f"no code for {phone} in {limit} s")


class Client:
    """One foreign client in its own process."""

    def __init__(self, library, server):
        self.library = library
        self.server = server
        self.ids = itertools.count(1)
        self.pending = {}
        self.events = []
        self.arrived = asyncio.Event()
        self.user = None
        self.phone = None

    async def open(self, **options):
        self.log = open(self.server.data.parent / (self.server.data.name + f".{self.library}.log"), "ab")
        self.process = await asyncio.create_subprocess_exec(
            *ADAPTERS[self.library], stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=self.log,
            limit=1 << 24)
        self.reader = asyncio.create_task(self.read())
        return await self.connect(**options)

    async def connect(self, websocket=False, **options):
        where = dict(self.server.endpoint)
        if websocket:
            ws = self.server.websocket
            if self.library == "mtcute":
                where["websocket"] = ws["url"]
            else:
                where.update(host=ws["host"], port=ws["port"], websocket=True)
        return await self.call("connect", **where, **options)

    async def read(self):
        while line := await self.process.stdout.readline():
            value = json.loads(line, object_hook=received)
            if "event" in value:
                self.events.append(value)
                self.arrived.set()
            elif (waiting := self.pending.pop(value["id"], None)) and not waiting.done():
                waiting.set_result(value)
        for waiting in self.pending.values():
            if not waiting.done():
                waiting.set_exception(RuntimeError(f"{self.library} ended; see {self.log.name}"))

    async def call(self, op, limit=30, **arguments):
        id = next(self.ids)
        waiting = self.pending[id] = asyncio.get_running_loop().create_future()
        self.process.stdin.write((json.dumps({"id": id, "op": op, "args": arguments}) + "\n").encode())
        answer = await asyncio.wait_for(waiting, limit)
        if "error" in answer:
            raise RpcError(answer["error"])
        return answer["result"]

    async def invoke(self, method, **arguments):
        """Any method, by the schema's names; see clients/schema.mjs. What is left out is zero or empty."""
        return await self.call("invoke", request={"_": method, **given(arguments)})

    async def event(self, kind, limit=15, where=lambda body: True, **wanted):
        """Waits for an event of this kind whose fields (or whose message's fields) are as wanted.

        An update of the schema is an event, too, under its own name.
        """
        deadline = asyncio.get_running_loop().time() + limit
        while True:
            for event in self.events:
                inside = event.get("message")
                body = {**event, **inside} if isinstance(inside, dict) else event
                if event["event"] == kind and where(body) and all(body.get(k) == v for k, v in wanted.items()):
                    self.events.remove(event)
                    return inside if isinstance(inside, dict) else event
            self.arrived.clear()
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                raise AssertionError(f"{self.library}: no {kind} {wanted}; got {self.events}")
            try:
                await asyncio.wait_for(self.arrived.wait(), left)
            except asyncio.TimeoutError:
                pass

    async def notice(self, action, peer):
        """Waits for a service message with this action in a group or channel."""
        def wanted(body):
            return body.get("peer_id") == peer and (body.get("action") or {}).get("_") == action
        kind = "updateNewChannelMessage" if peer < -1000000000000 else "updateNewMessage"
        return await self.event(kind, where=wanted)

    @property
    def id(self):
        return self.user["id"]

    async def dialog(self, peer):
        found = await self.invoke("messages.getPeerDialogs", peers=[{"_": "inputDialogPeer", "peer": peer}])
        return found.dialogs[0]

    async def full(self, peer):
        """All about a supergroup or channel."""
        return (await self.invoke("channels.getFullChannel", channel=peer)).full_chat

    async def begin_sign_in(self, phone):
        """Asks for a code and reads it where the operator does."""
        asked = time.time()
        sent = await self.call("send_code", phone=phone)
        return sent["hash"], await self.server.code_for(phone, asked)

    async def sign_up(self, phone, first, last=""):
        hash, code = await self.begin_sign_in(phone)
        answer = await self.call("sign_in", phone=phone, hash=hash, code=code)
        assert answer.get("need") == "sign_up", answer
        extra = {"code": code} if self.library == "telethon" else {}
        answer = await self.call("sign_up", phone=phone, hash=hash, first=first, last=last, **extra)
        self.user, self.phone = answer["user"], phone
        return self.user

    async def sign_in(self, phone, code=None, password=None):
        hash, from_log = (await self.call("send_code", phone=phone))["hash"], None
        if code is None:
            code = await self.server.code_for(phone)
        answer = await self.call("sign_in", phone=phone, hash=hash, code=code)
        if answer.get("need") == "password":
            assert password is not None, "two-step verification is on, and the test gave no password"
            answer = await self.call("password", password=password)
        self.user, self.phone = answer["user"], phone
        return self.user

    async def close(self):
        if self.process.returncode is None:
            self.process.stdin.close()
            try:
                await asyncio.wait_for(self.process.wait(), 5)
            except asyncio.TimeoutError:
                self.process.kill()
                await self.process.wait()
        await self.reader
        self.log.close()


class World:
    """A server and the clients of one test."""

    def __init__(self, server, phones):
        self.server = server
        self.phones = phones
        self.clients = []

    def phone(self):
        # 202-555-0100..0199 are reserved for fiction; other area codes have the same block.
        return next(self.phones)

    async def client(self, library, **options):
        client = Client(library, self.server)
        self.clients.append(client)
        await client.open(**options)
        return client

    async def person(self, library, first, last="", **options):
        client = await self.client(library, **options)
        await client.sign_up(self.phone(), first, last)
        return client

    async def friends(self, a, b):
        """Makes two clients know each other, so that either can write to the other."""
        await a.call("import_contact", phone=b.phone, first=b.user["first_name"])
        await b.call("import_contact", phone=a.phone, first=a.user["first_name"])

    async def public_channel(self, owner, username, title="News", broadcast=True):
        """Makes a channel or supergroup with this username; its peer."""
        channel = await owner.call("create_channel", title=title, broadcast=broadcast)
        await owner.call("set_channel_username", peer=channel["peer"], username=username)
        return channel["peer"]

    async def supergroup(self, owner, *members, title="Talk", broadcast=False):
        """A private one that they are all in, and know of; its peer."""
        peer = (await owner.call("create_channel", title=title, broadcast=broadcast))["peer"]
        if members:
            await owner.invoke("channels.inviteToChannel", channel=peer, users=[m.id for m in members])
        for member in members:
            await member.event("updateChannel", channel_id=-1000000000000 - peer)
        return peer

    async def group(self, owner, *members, title="Friends"):
        return (await owner.call("create_group", title=title, users=[m.id for m in members]))["peer"]

    async def channel(self, owner, *subscribers, title="News"):
        return await self.supergroup(owner, *subscribers, title=title, broadcast=True)

    async def close(self):
        await asyncio.gather(*(c.close() for c in self.clients))


def fictional_phones():
    for area in (202, 212, 213, 312, 415, 617, 702, 713, 206, 305, 404, 503, 512, 602, 614):
        for number in range(100, 200):
            if (area, number) != (202, 123):  # the one in README.md
                yield f"+1{area}5550{number}"


@pytest.fixture(scope="session")
def phones():
    return fictional_phones()


@pytest.fixture(scope="session")
def shared_server():
    """One server for all tests that do not restart or break it."""
    # All people of all tests come from one address.
    server = Server(config="[codes]\nper_address_per_hour = 100000\n").start()
    yield server
    assert server.stop() == 0
    shutil.rmtree(server.data, ignore_errors=True)


@pytest.fixture
def own_server():
    """A server that the test may restart and kill."""
    server = Server()
    yield server
    if server.process and server.process.poll() is None:
        server.stop()
    shutil.rmtree(server.data, ignore_errors=True)


@pytest.fixture
def scenario(shared_server, phones):
    """Runs `async def story(world)` and closes its clients whatever happens."""

    def run(story, server=None):
        async def play():
            world = World(server or shared_server, phones)
            try:
                await story(world)
            finally:
                await world.close()

        asyncio.run(play())

    return run


@pytest.fixture(scope="module")
def company(shared_server, phones):
    """One person a library, who know each other: started once for all scenarios of a file."""
    with asyncio.Runner() as runner:
        world = World(shared_server, phones)

        async def gather():
            named = zip(LIBRARIES, ("Ann", "Bob", "Eve"))
            people = await asyncio.gather(*(world.person(library, name) for library, name in named))
            for a, b in itertools.combinations(people, 2):
                await world.friends(a, b)
            return people

        people = runner.run(gather())
        yield runner, world, people
        runner.run(world.close())


@pytest.fixture(params=range(len(LIBRARIES)), ids=LIBRARIES)
def trio(request, company):
    """Runs `async def story(world, ann, bob, eve)`, once with each library in each part; ids name Ann's.

    The three keep what earlier scenarios gave them. They may make ten chats and public names a file.
    """
    runner, world, people = company
    cast = people[request.param:] + people[:request.param]

    def run(story):
        for one in cast:
            one.events.clear()
        runner.run(story(world, *cast))

    return run
