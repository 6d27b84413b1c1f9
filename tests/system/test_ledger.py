"""The ledger as others see it: checked by Go's transparency log packages and by our own command."""

import base64
import http.server
import json
import shutil
import subprocess
import threading
import time
import urllib.error
import urllib.request

import pytest

from conftest import BINARY, ROOT

GO_VERIFIER = ROOT / "build/ledger_verify"
FAST = "[ledger]\nbatch_seconds = 1\npad_to = 30\norigin = \"ledger.example/test\"\n"


def get(server, path):
    with urllib.request.urlopen(server.url(path), timeout=5) as reply:
        return reply.read(), reply.headers


def size(server):
    return int(get(server, "/ledger/checkpoint")[0].split(b"\n")[1])


def wait_for_size(server, least):
    deadline = time.monotonic() + 20
    while size(server) < least:
        assert time.monotonic() < deadline, "no batch came"
        time.sleep(0.05)


def key(server):
    return get(server, "/ledger/vkey")[0].decode().strip()


def foreign(*arguments):
    done = subprocess.run([str(GO_VERIFIER), *map(str, arguments)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def ours(server, *arguments):
    return subprocess.run([str(BINARY), "ledger", "verify", "--url", server.url("/"), *map(str, arguments)],
                          capture_output=True, text=True, timeout=60)


@pytest.fixture
def ledger_server(own_server):
    own_server.config = FAST
    own_server.start()
    return own_server


def test_foreign_verifier_accepts_the_log(ledger_server, tmp_path):
    server = ledger_server
    state = tmp_path / "checkpoint"
    first = foreign("log", server.url("/ledger"), key(server), state)
    assert first["size"] >= 90 and first["entries"] == first["size"] and first["earlier"] == 0
    # Past a full tile: levels 0 and 1, full and partial; and each continues what was seen before.
    wait_for_size(server, 300)
    second = foreign("log", server.url("/ledger"), key(server), state)
    assert second["size"] >= 300 and second["earlier"] == first["size"]

    # It goes on where it was, whatever happened.
    server.kill()
    server.start()
    third = foreign("log", server.url("/ledger"), key(server), state)
    assert third["earlier"] == second["size"] and third["size"] >= second["size"]
    wait_for_size(server, third["size"] + 90)
    assert foreign("log", server.url("/ledger"), key(server), state)["earlier"] == third["size"]


def test_foreign_verifier_accepts_a_receipt(ledger_server, tmp_path):
    server = ledger_server
    bundle, headers = get(server, "/ledger/tile/entries/000.p/90")
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert headers["Content-Type"] == "application/octet-stream"
    assert len(bundle) == 90 * 67
    entry = base64.b64encode(bundle[41 * 67 + 2:42 * 67]).decode()
    other = base64.b64encode(bundle[42 * 67 + 2:43 * 67]).decode()
    proof = tmp_path / "entry.tlog-proof"
    proof.write_bytes(get(server, "/ledger/proof/41")[0])
    assert foreign("proof", proof, key(server), entry)["index"] == 41
    wrong = subprocess.run([str(GO_VERIFIER), "proof", str(proof), key(server), other], capture_output=True)
    assert wrong.returncode == 1


def test_our_verifier(ledger_server, tmp_path):
    server = ledger_server
    state = tmp_path / "state"
    done = ours(server, "--state", state)
    assert done.returncode == 0, done.stderr
    assert "ledger.example/test" in done.stdout and "0 checkpoints seen before" in done.stdout
    wait_for_size(server, 180)
    done = ours(server, "--state", state, "--key", key(server))
    assert done.returncode == 0 and "1 checkpoints seen before" in done.stdout, done.stderr
    # Somebody else's key, and nobody's server.
    assert ours(server, "--key", "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").returncode == 1
    server.stop()
    assert ours(server).returncode == 1


def watch(server, state, *arguments):
    rounds = [] if "--rounds" in arguments else ["--rounds", "1"]
    return subprocess.run([str(BINARY), "ledger", "monitor", "--url", server.url("/"), "--state", str(state), *rounds,
                           *map(str, arguments)], capture_output=True, text=True, timeout=60)


def test_a_monitor_sees_two_histories(ledger_server, tmp_path):
    server = ledger_server
    state = tmp_path / "state"
    first = watch(server, state, "--key", key(server))
    assert first.returncode == 0 and f"size {size(server)}" in first.stdout, first.stdout + first.stderr
    wait_for_size(server, size(server) + 90)
    again = watch(server, state, "--pad-to", 30)
    assert again.returncode == 0 and "new 30 content, 30 legal, 30 search" in again.stdout, again.stdout
    wait_for_size(server, size(server) + 90)
    assert "LEDGER_PADDING" in watch(server, state, "--pad-to", 7).stdout
    # A copy of everything, key and last publication too, goes on beside the original.
    server.stop()
    shutil.copytree(server.data, tmp_path / "twin")
    server.start()
    wait_for_size(server, size(server) + 90)
    assert watch(server, state).returncode == 0
    known = int(state.read_text().split("\n")[2])
    server.stop()
    shutil.rmtree(server.data)
    shutil.move(tmp_path / "twin", server.data)
    server.start()
    wait_for_size(server, known + 90)
    forked = watch(server, state)
    assert forked.returncode == 1 and "two histories" in forked.stdout, forked.stdout


@pytest.fixture
def hook():
    """Hears what a monitor tells of alarms."""
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            listener.heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    listener = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener.heard = []
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    yield listener
    listener.shutdown()


def test_a_monitor_tells_that_batches_are_late(ledger_server, tmp_path, hook):
    server = ledger_server
    wait_for_size(server, 90)
    server.stop()
    server.config = FAST.replace("batch_seconds = 1", "batch_seconds = 600")
    server.start()
    address = f"http://127.0.0.1:{hook.server_port}/alarms"
    # The last round is far away: the alarm ends it, and is what it ends with.
    late = watch(server, tmp_path / "state", "--rounds", 50, "--every", 1, "--batch-seconds", 1, "--hook", address)
    assert late.returncode == 1 and "ALARM no batch for 3 seconds" in late.stdout, late.stdout
    assert "no batch for 3 seconds" in late.stderr
    assert hook.heard == [{"log": server.url("/"), "alarm": "no batch for 3 seconds"}]
    # Nobody is there to be told: that is said, and the alarm is no less one.
    hook.shutdown()
    hook.server_close()
    late = watch(server, tmp_path / "state", "--rounds", 50, "--every", 1, "--batch-seconds", 1, "--hook", address)
    assert late.returncode == 1 and "the hook could not be told" in late.stdout, late.stdout


def test_a_database_put_back_from_a_copy_publishes_nothing(ledger_server, tmp_path):
    server = ledger_server
    assert server.run("backup", str(tmp_path / "copy")).returncode == 0
    wait_for_size(server, size(server) + 90)
    server.stop()
    newest = (server.data / "ledger.checkpoint").read_bytes()
    for file in [*server.data.glob("store.sqlite*"), server.data / "ledger.checkpoint"]:
        file.unlink(missing_ok=True)
    (server.data / "store.sqlite").write_bytes((tmp_path / "copy" / "store.sqlite").read_bytes())
    # Nobody here knows what was published since; then somebody says so.
    for known in (None, newest):
        if known:
            (server.data / "ledger.checkpoint").write_bytes(known)
        server.start()
        with pytest.raises(urllib.error.HTTPError) as refused:
            get(server, "/ledger/checkpoint")
        assert refused.value.code == 503
        server.stop()
    assert "LEDGER_ROLLED_BACK" in server.log_path.read_text()
    # Under another name it is another log.
    server.config = FAST.replace("/test", "/second")
    server.start()
    assert foreign("log", server.url("/ledger"), key(server))["size"] >= 180
