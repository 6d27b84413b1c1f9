"""A full disk stops writes with a clear error, keeps reads, and loses nothing acknowledged."""

import os
import pathlib
import shutil
import subprocess
import tempfile

import pytest

from conftest import RpcError, Server


@pytest.fixture
def small_disk():
    """A file system of a few megabytes, with a file on it that can be removed to make room."""
    if os.geteuid() != 0:
        pytest.skip("needs root: mounts a small tmpfs")
    where = pathlib.Path(tempfile.mkdtemp(prefix="heliograph-disk-"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(where)], check=True)
    (where / "ballast").write_bytes(b"x" * (4 << 20))
    yield where
    subprocess.run(["umount", str(where)], check=True)
    shutil.rmtree(where)


def test_a_full_disk_loses_nothing_and_room_heals_it(small_disk, scenario):
    server = Server(data=small_disk / "data")
    # The log and configuration must not compete for the space under test.
    server.start()

    async def story(world):
        ann = await world.person("telethon", "Ann")
        me = ann.user["id"]
        acknowledged, refused = [], None
        for number in range(5000):
            text = f"{number} " + "long " * 500
            try:
                await ann.call("send", peer=me, text=text.strip())
                acknowledged.append(text.strip())
            except RpcError as error:
                refused = error
                break
        assert refused is not None, "eight megabytes took five thousand long messages"

        history = await ann.call("history", peer=me, limit=20)
        assert [m["text"] for m in history] == acknowledged[:-21:-1], "reads go on, and what was acknowledged is there"

        (small_disk / "ballast").unlink()
        after = await ann.call("send", peer=me, text="room again")
        assert after["text"] == "room again"

    scenario(story, server)
    assert server.stop() == 0
    report = server.run("check")
    assert report.returncode == 0, report.stdout + report.stderr
