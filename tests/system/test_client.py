"""Members use the web client, beside people with clients of other makers."""

import asyncio
import re
import time
import urllib.request
import wave

from PIL import Image
from playwright.async_api import expect

import pictures
from browser_page import chromium
from client_page import ClientPage, check_access
from test_media import png
from test_stickers import drawn


async def acquainted(world, *pages):
    """Somebody with Telethon who knows the numbers of those in the browser; the numbers of their accounts."""
    eve = await world.person("telethon", "Eve")
    for page in pages:
        await eve.call("import_contact", phone=page.phone, first="Web")
    contacts = {each.phone: each.id for each in (await eve.invoke("contacts.getContacts")).users}
    return eve, [contacts[page.phone.lstrip("+")] for page in pages]


async def member(browser, world, name, **context):
    page = await ClientPage.open(browser, world.server, **context)
    return await page.sign_up(world.phone(), name, "Web")


async def with_eve(browser, world, name="Ann", **context):
    """A page in a private conversation with Eve, who has written first."""
    ann = await member(browser, world, name, **context)
    eve, [ann_id] = await acquainted(world, ann)
    await eve.call("send", peer=ann_id, text="hello from Telethon")
    await ann.row("Eve").get_by_role("link").click()
    await ann.see(ann.message("hello from Telethon"))
    return ann, eve, ann_id


def test_two_windows_and_a_foreign_client_are_in_one_conversation(scenario):
    """Sign-up with the terminal's code in two windows; what either says reaches the other, and Telethon, at once."""

    async def story(world):
        async with chromium() as browser:
            ann = await ClientPage.open(browser, world.server)
            await ann.shot("sign_in")
            await ann.sign_up(world.phone(), "Ann", "Web")
            bob = await member(browser, world, "Bob")
            eve, ids = await acquainted(world, ann, bob)
            group = await eve.call("create_group", title="Three of us", users=ids)
            await ann.row("Three of us").get_by_role("link").click()
            await ann.say("hello from Ann's browser")
            await eve.event("new_message", text="hello from Ann's browser")
            await bob.see(bob.row("hello from Ann's browser"))
            await bob.row("Three of us").get_by_role("link").click()
            await bob.say("hello from Bob's browser")
            await ann.see(ann.message("hello from Bob's browser"))
            await eve.call("send", peer=group["peer"], text="hello from Telethon")
            for page in (ann, bob):
                await page.see(page.message("hello from Telethon"))
            await ann.shot("conversation")
            await bob.shot("conversation_other")
            # The session is kept: the page loaded anew asks for nothing.
            await ann.page.reload()
            await ann.see(ann.message("hello from Telethon"))
            await ann.shot("conversation_again")

    scenario(story)


def test_what_was_sent_is_answered_edited_pinned_forwarded_and_deleted(scenario):
    async def story(world):
        async with chromium() as browser:
            ann, eve, ann_id = await with_eve(browser, world)
            me = ann.page.get_by_label("Message", exact=True)
            await ann.act("hello from Telethon", "Reply")
            await ann.write("an answer with **bold** in it")
            got = await eve.event("new_message", text="an answer with bold in it")
            assert got["reply_to"] is not None
            await expect(ann.message("an answer with").locator("b")).to_have_text("bold")

            await me.press("ArrowUp")
            await expect(me).to_have_value("an answer with **bold** in it")
            await me.fill("a better answer")
            await me.press("Enter")
            await eve.event("edit_message", text="a better answer")
            await ann.see(ann.message("a better answer").get_by_text("edited"))

            # The marked one of three that read the same.
            await eve.invoke("messages.sendMessage", peer=ann_id, message="one and one and one", random_id=6)
            await ann.see(ann.message("one and one and one"))
            await ann.message("one and one and one").locator("[data-text]").evaluate("""element => {
              const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
              getSelection().setBaseAndExtent(text, 8, text, 11);
            }""")
            await ann.act("one and one and one", "Quote what is marked")
            await ann.write("this one")
            await eve.event("new_message", text="this one")
            quoted = (await eve.invoke("messages.getHistory", peer=ann_id, limit=1)).messages[0].reply_to
            assert (quoted.quote, quoted.quote_text, quoted.quote_offset) == (True, "one", 8)

            await ann.act("hello from Telethon", "Pin")
            await ann.see(ann.page.get_by_role("button", name=re.compile("^Pinned message")))
            await ann.act("hello from Telethon", "React with 👍")
            await ann.see(ann.message("hello from Telethon").get_by_role("button", name=re.compile("1 person")))

            await ann.act("hello from Telethon", "Forward")
            await ann.page.get_by_role("dialog").get_by_role("button", name="Saved messages").click()
            await ann.see("Forwarded.")
            await ann.shot("changed")

            # A format that has no shortcut outlives an edit: written by another device of hers.
            other = await world.client("telethon")
            await other.sign_in(ann.phone)
            await other.call("dialogs")
            await other.invoke("messages.sendMessage", peer=eve.id, message="an underlined word", random_id=9, entities=[
                {"_": "messageEntityUnderline", "offset": 3, "length": 10}])
            await ann.act("an underlined word", "Edit")
            await me.fill("here is an underlined word")
            await me.press("Enter")
            await eve.event("edit_message", text="here is an underlined word")
            await expect(ann.message("here is an underlined word").locator("u")).to_have_text("underlined")

            await ann.act("a better answer", "Delete")
            await ann.page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
            await ann.unseen(ann.message("a better answer"))
            await eve.event("delete_messages")
            await ann.row("Saved messages").get_by_role("link").click()
            await ann.see(ann.message("hello from Telethon").get_by_text("Forwarded from Eve"))
            await ann.shot("saved")

    scenario(story)


def test_a_photo_from_a_browser_reaches_a_foreign_client_and_back(scenario, tmp_path):
    async def story(world):
        async with chromium() as browser:
            ann, eve, ann_id = await with_eve(browser, world)
            pictures.rings(1).save(tmp_path / "rings.png")
            pictures.checks().save(tmp_path / "checks.jpg")
            async with ann.page.expect_file_chooser() as chooser:
                await ann.press("Attach files")
            await (await chooser.value).set_files([tmp_path / "rings.png"])
            dialog = ann.page.get_by_role("dialog")
            await ann.see(dialog.get_by_text("rings.png"))
            await dialog.get_by_label("Caption").fill("some rings")
            await ann.shot("attach")
            await dialog.get_by_role("button", name="Send", exact=True).click()
            await ann.see(ann.page.locator("[data-message] img[data-loaded]").first)
            got = await eve.event("new_message", text="some rings")
            await eve.call("download", peer=got["peer_id"] if "peer_id" in got else got["peer"], id=got["id"], path=str(tmp_path / "got"))
            assert Image.open(next(tmp_path.glob("got*"))).size == (900, 600)

            await eve.call("send_album", peer=ann_id, paths=[str(tmp_path / "rings.png"), str(tmp_path / "checks.jpg")], caption="two")
            await ann.see(ann.page.get_by_role("group", name="Album"))
            await expect(ann.page.get_by_role("group", name="Album").locator("img[data-loaded]")).to_have_count(2, timeout=15_000)
            await ann.shot("album")
            await ann.page.get_by_role("group", name="Album").get_by_role("button", name="Photo").first.click()
            await ann.see(ann.page.get_by_role("dialog").locator("figure img"))
            await ann.shot("viewer")
            await ann.page.keyboard.press("Escape")
            await ann.unseen(ann.page.get_by_role("dialog"))

    scenario(story)


HOSTILE = [
    "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'>",
    "<b>not bold</b> &amp; <a href='javascript:window.ran=1'>x</a>",
    "javascript:window.ran=1 data:text/html,<script>window.ran=1</script>",
    "\u202egpj.exe turned around \u2066isolated",
    "Z" + "\u0301\u0302\u0303" * 300 + "algo",
    "{{count}} ${1} %s \\u0000 ]]>",
]


def test_what_strangers_write_is_text(scenario, tmp_path):
    """Markup, scripts, turned lines, heaps of marks, file names with folders, SVG and HTML files: shown, never run."""

    async def story(world):
        async with chromium() as browser:
            ann, eve, ann_id = await with_eve(browser, world)
            for text in HOSTILE:
                await eve.call("send", peer=ann_id, text=text)
            await ann.see(ann.page.get_by_text("<script>window.ran = 1</script><img src=x onerror='window.ran = 1'>").last)
            await ann.see(ann.page.get_by_text("gpj.exe turned around isolated").last)
            zalgo = ann.page.locator("[data-message]").filter(has_text="algo").last
            assert (await zalgo.bounding_box())["height"] < 120
            svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="window.ran=1"><script>window.ran=1</script></svg>'
            for name, body in (("picture.svg", svg), ("page.html", b"<script>window.ran=1</script>"),
                               ("..\\..\\evil\u202egnp.exe", b"MZ"), ("liar.png", svg)):
                (tmp_path / name.replace("\\", "_")).write_bytes(body)
                await eve.call("send_file", peer=ann_id, path=str(tmp_path / name.replace("\\", "_")), kind="document")
            for name in ("picture.svg", "page.html", "liar.png"):
                button = ann.page.get_by_role("button", name=f"Download: {name}")
                await ann.see(button)
                async with ann.page.expect_download() as download:
                    await button.click()
                assert (await download.value).suggested_filename == name
            await ann.see(ann.page.get_by_role("button", name=re.compile("Download: .*evilgnp.exe")))
            # Ten megabytes in the clipboard are a file, not a field that stands still.
            await ann.page.evaluate("""() => {
              const data = new DataTransfer();
              data.setData("text/plain", "x".repeat(10_000_000));
              const field = document.querySelector("form textarea");
              field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
            }""")
            await ann.see(ann.page.get_by_role("dialog").get_by_text("text.txt"))
            await ann.page.keyboard.press("Escape")
            await ann.shot("hostile")
            assert await ann.page.evaluate("window.ran") is None
            assert ann.page.url.startswith(world.server.url("/"))

    scenario(story)


def test_two_tabs_of_one_account_agree(scenario):
    async def story(world):
        async with chromium() as browser:
            ann, eve, ann_id = await with_eve(browser, world)
            other = await ann.another_tab()
            await other.row("Eve").get_by_role("link").click()
            await ann.say("written in one tab")
            await other.see(other.message("written in one tab"))
            await eve.event("new_message", text="written in one tab")
            await other.act("written in one tab", "Delete")
            await other.page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
            for tab in (ann, other):
                await tab.unseen(tab.message("written in one tab"))
            await eve.call("send", peer=ann_id, text="for both")
            for tab in (ann, other):
                await tab.see(tab.message("for both"))
            sessions = await eve.call("sessions")
            assert len(sessions) == 1
            # Closing one leaves the other connected.
            await ann.page.close()
            await eve.call("send", peer=ann_id, text="for the one that is left")
            await other.see(other.message("for the one that is left"))
            await other.shot("two_tabs")
            # Signing out in one is signing out in all, and leaves nothing behind.
            third = await other.another_tab()
            await other.press("Menu")
            await other.choose("Sign out")
            for tab in (other, third):
                await tab.see(tab.page.get_by_role("heading", name="Sign in"))
            assert await third.page.evaluate("""() => new Promise((resolve) => {
              const request = indexedDB.open("heliograph-cache");
              request.onsuccess = () => {
                const count = request.result.transaction("pages").objectStore("pages").count();
                count.onsuccess = () => resolve(count.result);
              };
            })""") == 0
            await other.sign_up(world.phone(), "Zoe")
            await third.see(third.chats)
            await third.unseen(third.row("Eve"))

    scenario(story)


def test_the_server_goes_away_and_comes_back(scenario, own_server):
    """What was loaded can be read meanwhile, also after opening the page anew; what happened meanwhile comes."""
    own_server.config = "[codes]\nper_address_per_hour = 1000\n"
    own_server.start()

    async def story(world):
        async with chromium() as browser:
            ann, eve, ann_id = await with_eve(browser, world)
            await ann.say("before")
            await asyncio.sleep(1.5)  # what is kept is written after a moment
            own_server.stop()
            await ann.see(ann.page.get_by_text("Connecting…"))
            await ann.see(ann.message("before"))
            await ann.page.reload()
            await ann.see(ann.message("before"))
            await ann.shot("offline")
            await ann.write("written without a server")
            await ann.see(ann.page.locator("[data-pending]").filter(has_text="written without a server"))
            own_server.start()
            await ann.see(ann.page.locator("[data-message]").filter(has_text="written without a server"), limit=60)
            await eve.call("send", peer=ann_id, text="after", limit=60)
            await ann.see(ann.message("after"), limit=60)
            await ann.shot("back")

    scenario(story, own_server)


def test_a_password_is_asked_for_and_a_second_device_is_let_in_by_picture(scenario):
    async def story(world):
        async with chromium() as browser:
            bob = await world.person("telethon", "Bob")
            await bob.call("set_password", new="correct horse", hint="animal")
            page = await ClientPage.open(browser, world.server)
            await page.begin_sign_in(bob.phone)
            await page.see("Hint: animal")
            await page.fill("Password", "battery staple")
            await page.press("Next")
            await page.see("This is not the password.")
            await page.fill("Password", "correct horse")
            await page.press("Next")
            await page.see(page.chats)

            await bob.call("set_password", new=None, current="correct horse")
            second = await ClientPage.open(browser, world.server)
            await second.press("Sign in with another device")
            await second.see(second.page.get_by_role("img", name="QR code for signing in"))
            await second.shot("qr")
            link = await second.page.locator("code").inner_text()
            import base64
            token = base64.urlsafe_b64decode(link.split("=", 1)[1] + "==")
            await bob.invoke("auth.acceptLoginToken", token=token)
            await second.see(second.chats, limit=40)
            await page.shot("signed_in")
            await second.shot("signed_in_by_qr")

    scenario(story)


def test_right_to_left_narrow_and_by_keyboard_alone(scenario):
    async def story(world):
        async with chromium() as browser:
            ann, eve, ann_id = await with_eve(browser, world, viewport={"width": 360, "height": 740})
            assert await ann.page.evaluate("document.documentElement.scrollWidth") <= 360
            await check_access(ann.page)
            await ann.shot("narrow_conversation")
            await ann.press("Back")
            await ann.see(ann.row("Eve"))
            assert await ann.page.evaluate("document.documentElement.scrollWidth") <= 360
            await ann.shot("narrow_list")
            await ann.page.evaluate("localStorage.setItem('language', 'ar')")
            await ann.page.reload()
            await ann.see(ann.page.get_by_role("navigation", name="المحادثات"))
            assert await ann.page.evaluate("document.dir") == "rtl"
            await ann.shot("rtl_narrow")
            await ann.page.set_viewport_size({"width": 1280, "height": 800})
            await ann.page.get_by_role("listitem").filter(has_text="Eve").get_by_role("link").click()
            await ann.see(ann.message("hello from Telethon"))
            await check_access(ann.page)
            await ann.shot("rtl")
            await ann.page.evaluate("localStorage.setItem('language', 'en')")

            await ann.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
            await ann.page.goto(world.server.url("/"))
            await ann.page.reload()
            await ann.see(ann.chats)
            # Tab reaches the chat, Enter opens it, what is typed goes into the field.
            for _ in range(30):
                await ann.page.keyboard.press("Tab")
                if await ann.page.evaluate("document.activeElement?.dataset.peer !== undefined"):
                    break
            await ann.page.keyboard.press("Enter")
            await ann.see(ann.message("hello from Telethon"))
            await ann.page.keyboard.type("by keyboard")
            await ann.page.keyboard.press("Enter")
            await eve.event("new_message", text="by keyboard")
            await ann.see(ann.page.locator("[data-message]").filter(has_text="by keyboard"))
            await check_access(ann.page)
            await ann.shot("dark")
            fresh = await ClientPage.open(browser, world.server)
            await fresh.see(fresh.page.get_by_role("heading", name="Sign in"))
            await check_access(fresh.page)

    scenario(story)


def test_a_channel_with_comments_a_poll_and_a_forum(scenario):
    async def story(world):
        async with chromium() as browser:
            ann, eve, ann_id = await with_eve(browser, world)
            news = await world.public_channel(eve, "newsofeve", title="Eve's news")
            talk = (await eve.call("create_channel", title="Talk of it", broadcast=False))["peer"]
            await eve.call("link_discussion", peer=news, group=talk)
            await eve.call("send", peer=news, text="first post")
            await ann.page.goto(world.server.url("/#/to/newsofeve"))
            await ann.see(ann.message("first post"))
            await ann.press("Join")
            await ann.see(ann.row("Eve's news"))
            await eve.call("send_poll", peer=news, question="Tea or coffee?", answers=["Tea", "Coffee"])
            await ann.page.get_by_label("Tea", exact=True).check()
            await ann.press("Vote")
            await ann.see(ann.page.get_by_text("✓ Tea"))
            await ann.shot("channel")
            await ann.message("first post").get_by_role("button", name="Leave a comment").click()
            await ann.say("a comment from the browser")
            await ann.shot("comments")
            await ann.open_chat(news)
            await ann.see(ann.message("first post").get_by_role("button", name="1 comment"))

            forum = await world.supergroup(eve, title="Forum")
            await eve.invoke("channels.toggleForum", channel=forum, enabled=True, tabs=False)
            await eve.invoke("messages.createForumTopic", peer=forum, title="Gardening", random_id=7)
            await eve.invoke("channels.inviteToChannel", channel=forum, users=[ann_id])
            await ann.row("Forum").get_by_role("link").click()
            await ann.page.get_by_role("link", name=re.compile("Gardening")).click()
            await ann.say("about roses")
            got = await eve.event("new_message", text="about roses")
            await ann.shot("topic")
            # What came meanwhile is read from its first on.
            await ann.press("Back")
            for n in range(40):
                await eve.call("send", peer=forum, text=f"rose {n} of many", reply_to=got["id"])
            await ann.page.get_by_role("link", name=re.compile("Gardening")).click()
            await ann.see("Unread messages")
            await expect(ann.message("rose 0 of many")).to_be_in_viewport()
            await ann.shot("topic_unread")

    scenario(story)


def test_later_silently_and_drafts(scenario):
    async def story(world):
        async with chromium() as browser:
            ann, eve, ann_id = await with_eve(browser, world)
            field = ann.page.get_by_label("Message", exact=True)
            await field.fill("in an hour")
            await ann.press("Other ways to send")
            await ann.choose("Send later…")
            await ann.page.get_by_role("dialog").get_by_role("button", name="Schedule").click()
            await ann.press("Menu of this chat")
            await ann.choose("Scheduled messages")
            await ann.see(ann.page.get_by_role("dialog").get_by_text("in an hour"))
            await ann.shot("scheduled")
            await ann.page.get_by_role("dialog").get_by_role("button", name="Send now").click()
            await eve.event("new_message", text="in an hour")
            await ann.see("Nothing is scheduled here.")
            await ann.page.keyboard.press("Escape")
            await ann.see(ann.page.locator("[data-message]").filter(has_text="in an hour"))

            await field.fill("half a tho")
            await ann.page.goto(world.server.url("/#/"))
            await ann.see(ann.row("Draft: half a tho"))
            await ann.row("Eve").get_by_role("link").click()
            await expect(field).to_have_value("half a tho")

    scenario(story)


def test_a_long_conversation_scrolls_and_jumps(scenario):
    """Only what is near the screen is in the page, wherever one is in the conversation."""

    async def story(world):
        async with chromium() as browser:
            ann, eve, ann_id = await with_eve(browser, world)
            group = await eve.call("create_group", title="Long", users=[ann_id])
            for start in range(0, 400, 20):
                await asyncio.gather(*(eve.call("send", peer=group["peer"], text=f"message {n} of many") for n in range(start, start + 20)))
                await asyncio.sleep(0.2)  # no faster than the server lets one account
            await ann.see(ann.row("Long").get_by_text(re.compile(r"^\d+$")))
            await ann.row("Long").get_by_role("link").click()
            await ann.see("Unread messages")
            await ann.shot("first_unread")
            await ann.press("To the newest message", exact=False)
            await ann.see(ann.message("message 399 of many"))
            assert await ann.page.locator("[data-message]").count() < 80
            log = ann.page.get_by_role("log")
            for _ in range(60):
                await log.evaluate("element => element.scrollBy(0, -3000)")
                await asyncio.sleep(0.05)
                if await log.get_attribute("data-at-start"):
                    break
            await log.evaluate("element => element.scrollTo(0, 0)")
            await ann.see(ann.page.get_by_text("made the group").first)
            assert await ann.page.locator("[data-message]").count() < 80
            # A line is where it was when older ones come above it: nothing jumps under the eyes.
            await ann.press("To the newest message", exact=False)
            await ann.see(ann.message("message 399 of many"))
            # Before everything: the first day of the conversation.
            await ann.press("Menu of this chat")
            await ann.choose("Go to a date")
            await ann.fill("Date", "2020-01-01")
            await ann.page.get_by_role("dialog").get_by_role("button", name="Go", exact=True).click()
            await expect(ann.page.get_by_text("made the group").first).to_be_in_viewport()
            await ann.see(ann.message(re.compile(r"^message 0 of many")))
            await ann.unseen(ann.message("message 399 of many"))
            await ann.shot("long")
            await ann.press("To the newest message", exact=False)
            await ann.see(ann.message("message 399 of many"))

    scenario(story)


def test_the_policy_lets_nothing_of_others_run(shared_server):
    with urllib.request.urlopen(shared_server.url("/"), timeout=5) as reply:
        policy = dict(part.strip().partition(" ")[::2] for part in reply.headers["Content-Security-Policy"].split(";"))
        page = reply.read().decode()
    websocket = "/".join(shared_server.info["websocket"].split("/")[:3])
    assert policy == {
        "default-src": "'none'", "script-src": "'self'", "worker-src": "'self'", "style-src": "'self'", "img-src": "'self' blob:",
        "media-src": "'self' blob:", "font-src": "'self'", "connect-src": f"'self' {websocket}", "manifest-src": "'self'",
        "base-uri": "'none'", "form-action": "'none'", "frame-ancestors": "'none'"}
    assert "<style" not in page and " style=" not in page and "<script>" not in page


def test_what_is_fetched_before_one_can_sign_in(scenario):
    """Under 600 kB on the wire; the time until the form can be used is printed (`pytest -s`)."""

    async def story(world):
        async with chromium() as browser:
            page = await (await browser.new_context(locale="en-US")).new_page()
            sizes = {}

            async def weigh(request):
                sizes[request.url] = (await request.sizes())["responseBodySize"]
            page.on("requestfinished", lambda request: asyncio.ensure_future(weigh(request)))
            began = time.monotonic()
            await page.goto(world.server.url("/"))
            await page.get_by_role("button", name="Next", exact=True).wait_for()
            took = time.monotonic() - began
            await asyncio.sleep(1)
            print(f"\nfirst paint: {sum(sizes.values()) / 1000:.0f} kB in {len(sizes)} files, {took:.2f} s")
            assert sum(sizes.values()) < 600_000

    scenario(story)


def test_the_list_has_folders_counters_pins_and_who_is_there(scenario):
    async def story(world):
        async with chromium() as browser:
            ann, eve, ann_id = await with_eve(browser, world)
            group = (await eve.call("create_group", title="Club", users=[ann_id]))["peer"]
            await eve.call("online")
            await ann.see(ann.page.get_by_role("main").get_by_text("online", exact=True))
            await eve.call("typing", peer=ann_id)
            await ann.see(ann.chat("Eve").get_by_text("typing…"))
            await eve.invoke("messages.sendMessage", peer=group, message="hello Ann", random_id=5, entities=[
                {"_": "inputMessageEntityMentionName", "offset": 6, "length": 3, "user_id": ann_id}])
            await ann.see(ann.chat("Club").get_by_label("1 mention", exact=True))
            await ann.see(ann.chat("Club").get_by_label("2 unread messages", exact=True))
            await expect(ann.page).to_have_title("(1) Heliograph")
            # The one that is pinned stands above the newer one.
            await ann.chat("Eve").hover()
            await ann.press("More: Eve")
            await ann.choose("Pin")
            await expect(ann.chats.get_by_role("listitem").first).to_contain_text("Eve")
            await ann.chat("Club").hover()
            await ann.press("More: Club")
            await ann.choose("Mute")
            await ann.see(ann.chat("Club").get_by_label("Muted"))
            await ann.shot("list")
            await ann.chat("Club").get_by_role("link").click()
            await ann.unseen(ann.chat("Club").get_by_label("1 mention", exact=True))
            await ann.unseen(ann.chat("Club").get_by_label("2 unread messages", exact=True))
            # A folder that another device of the account makes is there at once.
            other = await world.client("telethon")
            await other.sign_in(ann.phone)
            await other.invoke("messages.updateDialogFilter", id=2, filter={
                "_": "dialogFilter", "id": 2, "title": {"_": "textWithEntities", "text": "Clubs", "entities": []}, "groups": True,
                "pinned_peers": [], "include_peers": [], "exclude_peers": []})
            await ann.page.get_by_role("tab", name="Clubs").click()
            await ann.see(ann.chat("Club"))
            await ann.unseen(ann.chat("Eve"))
            await ann.shot("folder")

    scenario(story)


def test_stickers_are_added_and_sent_and_voices_are_heard(scenario, tmp_path):
    async def story(world):
        async with chromium() as browser:
            ann, eve, ann_id = await with_eve(browser, world)
            (tmp_path / "cat.png").write_bytes(png(512, 300))
            await eve.invoke("stickers.createStickerSet", user_id={"_": "inputUserSelf"}, short_name="pets_in_browser", title="Pets",
                             stickers=[await drawn(eve, tmp_path / "cat.png", "\N{CAT FACE}")])
            await eve.call("install_stickers", short_name="pets_in_browser")
            await eve.call("send_sticker", peer=ann_id, short_name="pets_in_browser")
            sticker = ann.page.get_by_role("article").get_by_role("button", name="Sticker \N{CAT FACE}")
            await ann.see(sticker.get_by_role("img"))
            await sticker.click()
            await ann.press("Add this set")
            await ann.press("Emoji and stickers")
            await ann.page.get_by_text("Pets", exact=True).click()
            await ann.page.get_by_role("dialog").get_by_role("button", name="Sticker \N{CAT FACE}").click()
            await eve.event("new_message", media="document")
            await expect(sticker).to_have_count(2)
            await ann.page.keyboard.press("Escape")

            with wave.open(str(tmp_path / "voice.wav"), "wb") as sound:
                sound.setnchannels(1)
                sound.setsampwidth(2)
                sound.setframerate(8000)
                sound.writeframes(bytes(8000 * 2))
            body = (tmp_path / "voice.wav").read_bytes()
            await eve.invoke("upload.saveFilePart", file_id=77, file_part=0, bytes=body)
            await eve.invoke("messages.sendMedia", peer=ann_id, random_id=78, message="", media={
                "_": "inputMediaUploadedDocument", "mime_type": "audio/wav",
                "file": {"_": "inputFile", "id": 77, "parts": 1, "name": "voice.wav", "md5_checksum": ""},
                "attributes": [{"_": "documentAttributeAudio", "voice": True, "duration": 1, "waveform": bytes(range(63))}]})
            await ann.press("Play: Voice message")
            audio = ann.page.get_by_label("Voice message", exact=True)
            await ann.see(audio)
            await expect(audio).to_have_js_property("duration", 1)
            await ann.shot("stickers_and_voice")

    scenario(story)


def test_a_new_version_is_offered_and_not_forced(scenario, own_server):
    own_server.start()

    async def story(world):
        async with chromium() as browser:
            ann = await member(browser, world, "Ann", service_workers="block")
            await ann.page.evaluate("window.stays = 1")
            await ann.page.route(world.server.url("/"), lambda route: route.fulfill(
                content_type="text/html", body='<script type="module" src="/assets/index-of-another-version.js"></script>'))
            own_server.stop()
            await ann.see(ann.page.get_by_text("Connecting…"))
            own_server.start()
            await ann.see("There is a new version of this page.", limit=60)
            assert await ann.page.evaluate("window.stays") == 1
            await ann.shot("new_version")
            await ann.page.unroute(world.server.url("/"))
            await ann.press("Reload")
            await ann.see(ann.chats)
            assert await ann.page.evaluate("window.stays") is None
            await ann.unseen("There is a new version of this page.")

    scenario(story, own_server)
