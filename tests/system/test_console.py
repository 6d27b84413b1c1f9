"""The staff's door to a running server: the command line beside it, codes, sessions, tokens, roles."""

import base64
import hmac
import json
import struct
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from conftest import BINARY, Server


@pytest.fixture
def running():
    server = Server().start()
    yield server
    server.stop()


def staff(server, *arguments):
    command = [str(BINARY), "staff", *arguments]
    if arguments[0] != "roles":
        command += ["--data", str(server.data)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


class Console:
    def __init__(self, server, token=None):
        self.server = server
        self.headers = {"Content-Type": "application/json", "X-Heliograph-Console": "1"}
        if token:
            self.headers["Authorization"] = f"Bearer {token}"

    def ask(self, method, path, body=None, headers=None):
        request = urllib.request.Request(self.server.url("/api/console" + path), method=method,
                                         headers={**self.headers, **(headers or {})},
                                         data=json.dumps(body).encode() if body is not None else None)
        try:
            with urllib.request.urlopen(request, timeout=10) as reply:
                cookie = reply.headers.get("Set-Cookie")
                if cookie:
                    self.headers["Cookie"] = cookie.split(";")[0]
                return reply.status, json.loads(reply.read() or "null")
        except urllib.error.HTTPError as error:
            assert error.headers["Content-Type"] == "application/problem+json"
            return error.code, json.loads(error.read())


def code_of(secret, at):
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(at) // 30), "sha1")
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def member_of_staff(server, name, role):
    """Signed in with a code, not a passkey."""
    token = staff(server, "add", "--role", role, "--name", name).split("/enrol/")[1]
    console = Console(server)
    secret = console.ask("POST", "/enrolment/totp/options", {"token": token})[1]["secret"]
    assert console.ask("POST", "/enrolment/totp", {"token": token, "code": code_of(secret, time.time())})[0] == 200
    return console


def test_somebody_enrols_beside_a_running_server_and_works(running):
    link = staff(running, "add", "--role", "admin", "--name", "Ana")
    page, token = link.split("#/enrol/")
    assert page == f"http://localhost:{running.address[1].rsplit(':', 1)[1]}/console"
    console = Console(running)
    assert console.ask("POST", "/enrolment", {"token": token})[1]["role"] == "admin"
    options = console.ask("POST", "/enrolment/passkey/options", {"token": token})[1]["options"]
    assert options["rp"]["id"] == "localhost"
    secret = console.ask("POST", "/enrolment/totp/options", {"token": token})[1]["secret"]
    status, session = console.ask("POST", "/enrolment/totp", {"token": token, "code": code_of(secret, time.time())})
    assert (status, session["name"]) == (200, "Ana")
    assert console.ask("POST", "/enrolment", {"token": token})[0] == 404

    status, added = console.ask("POST", "/staff", {"name": "Ben", "role": "moderator"})
    assert status == 201 and "/console#/enrol/" in added["url"]
    assert staff(running, "list").splitlines() == ["1\tAna\tadmin\tactive", "2\tBen\tmoderator\tinvited"]
    assert console.ask("GET", "/policy")[1]["rules"]
    without = Console(running)
    without.headers = {"Cookie": console.headers["Cookie"]}
    assert without.ask("POST", "/staff", {"name": "Eve", "role": "admin"})[1]["code"] == "CSRF_HEADER_MISSING"

    staff(running, "role", "Ben", "auditor")
    ben = Console(running, staff(running, "token", "Ben"))
    assert ben.ask("GET", "/session")[1]["role"] == "auditor"
    assert ben.ask("POST", "/staff", {"name": "Eve", "role": "admin"})[1]["code"] == "ROLE_NOT_ALLOWED"
    staff(running, "disable", "Ben")
    assert ben.ask("GET", "/session")[1]["code"] == "SIGN_IN_NEEDED"
    assert console.ask("DELETE", "/session")[0] == 204
    assert console.ask("GET", "/session")[0] == 401


def test_sessions_outlive_a_restart(running):
    console = member_of_staff(running, "Ana", "auditor")
    running.stop()
    running.start()
    assert console.ask("GET", "/session")[1]["name"] == "Ana"
