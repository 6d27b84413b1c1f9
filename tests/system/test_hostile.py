"""Strangers: whatever they send, the server answers or closes, stays up, and does not grow."""

import os
import random
import socket
import struct
import time
import urllib.error
import urllib.request

import pytest

SEED = 7


def exchange(address, data, limit=5.0):
    """Sends bytes, reads until the server closes or says nothing for a while. Returns what it said."""
    host, port = address.rsplit(":", 1)
    said = b""
    with socket.create_connection((host, int(port)), timeout=limit) as link:
        link.settimeout(0.3)
        try:
            link.sendall(data)
            while chunk := link.recv(1 << 16):
                said += chunk
        except (TimeoutError, ConnectionError):
            pass
    return said


def resident(server):
    for line in open(f"/proc/{server.process.pid}/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) * 1024


def assert_serves(server):
    with urllib.request.urlopen(server.url("/.well-known/heliograph.json"), timeout=5) as reply:
        assert reply.status == 200


GREETINGS = {"abridged": b"\xef", "intermediate": b"\xee" * 4, "padded": b"\xdd" * 4, "none": b""}


@pytest.mark.parametrize("greeting", GREETINGS)
def test_garbage_on_the_mtproto_port(shared_server, greeting):
    dice = random.Random(SEED)
    for size in (0, 1, 3, 4, 5, 63, 64, 65, 1000, 70_000):
        exchange(shared_server.address[0], GREETINGS[greeting] + dice.randbytes(size))
    assert_serves(shared_server)


def test_a_claimed_length_is_not_allocated(shared_server):
    before = resident(shared_server)
    links = []
    host, port = shared_server.address[0].rsplit(":", 1)
    for _ in range(200):
        link = socket.create_connection((host, int(port)))
        link.sendall(b"\xee" * 4 + struct.pack("<I", 1 << 20) + b"only this")
        links.append(link)
    time.sleep(0.5)
    grown = resident(shared_server) - before
    for link in links:
        link.close()
    assert grown < 20 << 20, f"200 strangers who claimed a megabyte each cost {grown} bytes"
    assert_serves(shared_server)


def test_an_unknown_key_is_told_so(shared_server):
    packet = os.urandom(8) + os.urandom(16) + os.urandom(96)
    said = exchange(shared_server.address[0], b"\xee" * 4 + struct.pack("<I", len(packet)) + packet)
    assert said == struct.pack("<Ii", 4, -404)


@pytest.mark.parametrize("request_bytes,status", [
    (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"200"),
    (b"GET /nothing/here HTTP/1.1\r\nHost: x\r\n\r\n", b"404"),
    (b"DELETE / HTTP/1.1\r\nHost: x\r\n\r\n", b"405"),
    (b"GET /apiws HTTP/1.1\r\nHost: x\r\n\r\n", b"4"),
    (b"GET / HTTP/1.1\r\n" + b"X: " + b"y" * 100_000 + b"\r\n\r\n", b"4"),
    (b"\x00\x01\x02\x03\r\n\r\n", b"400"),
    (b"GET / HTTP/9.9\r\n\r\n", b"4"),
    (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n", b"4"),
], ids=["page", "nowhere", "method", "no-upgrade", "huge-header", "binary", "version", "huge-body"])
def test_http_answers_or_closes(shared_server, request_bytes, status):
    said = exchange(shared_server.address[1], request_bytes)
    assert not said or said.split(b" ", 2)[1].startswith(status), said[:200]
    assert_serves(shared_server)


def test_errors_of_the_http_api_are_problem_documents(shared_server):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(shared_server.url("/no/such/page"), timeout=5)
    assert refused.value.headers["Content-Type"] == "application/problem+json"


def test_the_page_shows_this_servers_own_values(shared_server):
    with urllib.request.urlopen(shared_server.url("/developers"), timeout=5) as reply:
        page = reply.read().decode()
        assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    host, port = shared_server.address[0].rsplit(":", 1)
    assert port in page and "BEGIN RSA PUBLIC KEY" in page


def test_a_slow_reader_is_cut_off(own_server, scenario):
    """A client that asks and never reads: its answers are not kept without end."""
    own_server.start()

    async def story(world):
        ann = await world.person("telethon", "Ann")
        for _ in range(30):
            await ann.call("send", peer=ann.user["id"], text="word " * 800)
        host, port = own_server.address[1].rsplit(":", 1)
        before = resident(own_server)
        link = socket.socket()
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        link.connect((host, int(port)))
        link.settimeout(5)
        sent = 0
        try:
            for _ in range(20_000):
                link.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                sent += 1
        except (TimeoutError, ConnectionError):
            pass
        assert resident(own_server) - before < 64 << 20, f"{sent} unread pages are in memory"
        link.close()

    scenario(story, own_server)
    assert_serves(own_server)


def test_too_many_connections_from_one_address(own_server):
    own_server.config = "[limits]\nconnections_per_address = 20\n"
    own_server.start()
    host, port = own_server.address[0].rsplit(":", 1)
    links = [socket.create_connection((host, int(port)), timeout=2) for _ in range(30)]
    time.sleep(0.3)
    closed = 0
    for link in links:
        link.settimeout(0.2)
        try:
            closed += link.recv(1) == b""
        except TimeoutError:
            pass
        except ConnectionError:
            closed += 1
    for link in links:
        link.close()
    assert closed == 10
    time.sleep(0.3)
    assert_serves(own_server)


def test_wrong_configuration_is_explained(own_server):
    for text, expected in [("[codes]\ndelivery = \"pigeon\"\n", ["codes.delivery", "2", "log", "webhook", "smtp"]),
                           ("[codez]\n", ["codez"]), ("[limits]\nconnections = -4\n", ["limits.connections", "2"]),
                           ("[limits\n", ["1"])]:
        own_server.config = text
        with pytest.raises(RuntimeError) as refused:
            own_server.start()
        for word in expected:
            assert word in str(refused.value), (text, str(refused.value))
        own_server.log.close()
        own_server.log_path.unlink()
        own_server.process = None
