"""A newcomer copies the code off the developers' page (and the README) and runs it: two libraries end up signed in."""

import asyncio
import html
import re
import urllib.request

import pytest

from conftest import HERE, NODE, PYTHON, ROOT


def snippets(server):
    with urllib.request.urlopen(server.url("/developers"), timeout=5) as reply:
        page = reply.read().decode()
    found = {}
    for title, code in re.findall(r"<h2[^>]*>([^<]+)</h2>.*?<pre[^>]*>(.*?)</pre>", page, re.S):
        found[title] = html.unescape(re.sub(r"</?code[^>]*>", "", code))
    return found


async def converse(command, folder, answers, expected):
    """Runs a program that asks questions; `answers` maps what it asks to an async function that answers."""
    process = await asyncio.create_subprocess_exec(*command, cwd=folder, stdin=asyncio.subprocess.PIPE,
                                                   stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT)
    said, asked_from = "", 0
    try:
        async with asyncio.timeout(40):
            while expected not in said:
                chunk = await process.stdout.read(4096)
                assert chunk, f"ended early, having said:\n{said}"
                said += chunk.decode()
                for question, answer in answers.items():
                    at = said.find(question, asked_from)
                    if at >= 0:
                        asked_from = at + len(question)
                        process.stdin.write((await answer() + "\n").encode())
                        await process.stdin.drain()
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
    return said


def answering(server, phone, name):
    async def give(value):
        return value

    return {"phone: ": lambda: give(phone), "code: ": lambda: server.code_for(phone), "name: ": lambda: give(name)}


@pytest.mark.parametrize("title,file,command,expected", [
    ("Telethon", "hello.py", [str(PYTHON), "-u", "hello.py"], "signed in as Newcomer"),
    ("GramJS", "hello.cjs", [NODE, "hello.cjs"], "firstName: 'Newcomer'"),
])
def test_the_page_signs_a_newcomer_up(shared_server, phones, tmp_path, title, file, command, expected):
    (tmp_path / "node_modules").symlink_to(HERE / "node_modules")
    (tmp_path / file).write_text(snippets(shared_server)[title])
    said = asyncio.run(converse(command, tmp_path, answering(shared_server, next(phones), "Newcomer"), expected))
    assert expected in said


def test_the_page_signs_an_existing_account_in_with_mtcute(shared_server, phones, tmp_path):
    phone = next(phones)
    (tmp_path / "node_modules").symlink_to(HERE / "node_modules")
    (tmp_path / "first.py").write_text(snippets(shared_server)["Telethon"])
    asyncio.run(converse([str(PYTHON), "-u", "first.py"], tmp_path, answering(shared_server, phone, "Newcomer"),
                         "signed in as Newcomer"))
    (tmp_path / "hello.mjs").write_text(snippets(shared_server)["mtcute"])
    answers = answering(shared_server, phone, "Newcomer")

    async def code():  # the account has a device: the code goes there, and this one is lost; ask the operator
        return await shared_server.code_for(phone)

    answers["code: "] = code
    said = asyncio.run(converse([NODE, "hello.mjs"], tmp_path, answers, "Newcomer"))
    assert "Newcomer" in said


def test_the_readme_has_two_libraries_chatting(shared_server, phones, tmp_path):
    readme = (ROOT / "README.md").read_text()
    python, javascript = (re.search(rf"```{language}\n(.*?)```", readme, re.S).group(1) for language in ("python", "js"))
    phone = re.search(r'phone = "(\+\d+)"', python).group(1)
    # The only change: this server is not on the default port.
    (tmp_path / "ann.py").write_text(python.replace("http://127.0.0.1:8080", shared_server.url("")))
    (tmp_path / "bob.js").write_text(snippets(shared_server)["GramJS"] + javascript)
    (tmp_path / "node_modules").symlink_to(HERE / "node_modules")

    async def chat():
        listening = asyncio.Event()

        async def hears_herself():
            listening.set()
            return ""

        ann = asyncio.create_task(converse(
            [str(PYTHON), "-u", "ann.py"], tmp_path,
            {"code (see the server's output): ": lambda: shared_server.code_for(phone), "['hello']": hears_herself},
            "received: hello from GramJS"))
        listens = asyncio.create_task(listening.wait())
        await asyncio.wait([ann, listens], return_when=asyncio.FIRST_COMPLETED)
        listens.cancel()
        await converse([NODE, "bob.js"], tmp_path, answering(shared_server, next(phones), "Bob"),
                       "received: hello from Telethon")
        await ann

    asyncio.run(chat())
