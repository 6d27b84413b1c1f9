"""Pictures, files and voices in the web client: what is covered, what is dropped and pasted, what is cancelled, what is said."""

import asyncio
import re
import wave

from playwright.async_api import expect

import pictures
from browser_page import chromium
from client_page import talking_chromium
from test_client import member, with_eve
from test_client_report import decide, report
from test_console import member_of_staff


def test_what_is_sensitive_is_seen_only_when_asked_for(own_server, scenario, tmp_path):
    """Covered in the conversation, and left out where one leafs through the pictures, until it is asked for."""
    own_server.start()

    async def story(world):
        async with chromium() as browser:
            ann = await member(browser, world, "Ann")
            owner = await world.person("telethon", "Owner")
            shop = await world.public_channel(owner, "corner_gallery", title="Corner gallery", broadcast=False)
            for name, picture in (("first", pictures.rings(1)), ("second", pictures.checks()), ("third", pictures.rings(2))):
                picture.save(tmp_path / f"{name}.png")
                await owner.call("send_file", peer=shop, path=str(tmp_path / f"{name}.png"), kind="photo", caption=f"the {name} picture")
            await ann.page.goto(world.server.url("/#/to/corner_gallery"))
            await ann.see(ann.message("the third picture"))
            case = await report(ann, "the second picture", "Illegal goods or services", "Forged documents or money", words="it shows too much")
            decide(member_of_staff(own_server, "Mia", "senior-moderator"), case, "mark_sensitive", "It shows more than everybody wants to see.")
            await ann.page.reload()
            covered = ann.message("the second picture")
            await ann.see(covered.get_by_text("Marked as sensitive"))
            # Behind the cover nothing can be reached.
            assert await covered.locator("[inert] button").count() == 1
            await ann.shot("sensitive")

            caption = ann.page.get_by_role("dialog").locator("figcaption")

            async def open_first():
                await ann.message("the first picture").get_by_role("button", name="Photo").click()
                await ann.see(caption.get_by_text("the first picture"))
                # Keys go to it when it has come up and has the focus.
                await ann.page.wait_for_function("document.querySelector('[role=dialog]').contains(document.activeElement)")

            await open_first()
            await ann.page.keyboard.press("ArrowRight")
            await ann.see(caption.get_by_text("the third picture"))
            await ann.page.keyboard.press("ArrowLeft")
            await ann.see(caption.get_by_text("the first picture"))
            await ann.page.keyboard.press("Escape")
            await ann.unseen(caption)

            await covered.get_by_role("button", name="Show", exact=True).click()
            await ann.unseen(covered.get_by_text("Marked as sensitive"))
            await open_first()
            await ann.page.keyboard.press("ArrowRight")
            await ann.see(caption.get_by_text("the second picture"))

    scenario(story, own_server)


def test_files_are_dropped_and_pasted(scenario, tmp_path):
    async def story(world):
        async with chromium() as browser:
            ann, eve, ann_id = await with_eve(browser, world)
            dialog = ann.page.get_by_role("dialog")
            (tmp_path / "notes.txt").write_text("dropped from the desktop")
            devtools = await ann.page.context.new_cdp_session(ann.page)

            async def drag(kind):
                # As the desktop does it: no events of the page's own making.
                await devtools.send("Input.dispatchDragEvent", {"type": kind, "x": 700, "y": 400, "data": {
                    "items": [], "files": [str(tmp_path / "notes.txt")], "dragOperationsMask": 1}})

            await drag("dragEnter")
            await ann.see("Drop files here to send them")
            await drag("dragOver")
            await ann.shot("dragging")
            await drag("drop")
            await ann.see(dialog.get_by_text("notes.txt"))
            await ann.unseen("Drop files here to send them")
            await dialog.get_by_role("button", name="Send", exact=True).click()
            got = await eve.event("new_message", media="document")
            await eve.call("download", peer=ann_id, id=got["id"], path=str(tmp_path / "got"))
            assert next(tmp_path.glob("got*")).read_text() == "dropped from the desktop"

            async def paste(count):
                await ann.page.evaluate("""count => {
                  const data = new DataTransfer();
                  for (let n = 0; n < count; n += 1) data.items.add(new File([`file ${n}`], `pasted_${n}.txt`, {type: "text/plain"}));
                  document.querySelector("form textarea").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
                }""", count)

            await paste(1)
            await ann.see(dialog.get_by_text("pasted_0.txt"))
            await dialog.get_by_label("Caption").fill("from the clipboard")
            await dialog.get_by_role("button", name="Send", exact=True).click()
            await eve.event("new_message", text="from the clipboard")
            # More than go at a time: it is said.
            await paste(51)
            await ann.see("50 files go at a time. The first 50 are here.")
            await expect(dialog.get_by_role("listitem")).to_have_count(50)
            await ann.shot("too_many_files")

    scenario(story)


def test_a_large_file_shows_how_far_it_is_and_is_cancelled(scenario, tmp_path):
    async def story(world):
        async with chromium() as browser:
            ann, eve, ann_id = await with_eve(browser, world)
            with open(tmp_path / "large.bin", "wb") as file:
                file.truncate(200_000_000)
            async with ann.page.expect_file_chooser() as chooser:
                await ann.press("Attach files")
            await (await chooser.value).set_files([tmp_path / "large.bin"])
            await ann.page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
            pending = ann.page.locator("[data-pending]")
            await expect(pending.get_by_role("progressbar")).to_have_attribute("aria-valuenow", re.compile(r"^[1-9]"), timeout=30_000)
            await ann.shot("uploading")
            await pending.get_by_role("button", name="Cancel").click()
            await expect(pending).to_have_count(0)
            await ann.say("changed my mind")
            await eve.event("new_message", text="changed my mind")
            await asyncio.sleep(1)
            assert not [each for each in eve.events if each["event"] == "new_message"], "the file did not go"

    scenario(story)


def test_a_voice_is_recorded_and_heard(scenario, tmp_path):
    """What other clients take for a voice message: Opus in an Ogg file, with its length and how loud it is where."""

    async def story(world):
        async with talking_chromium() as browser:
            ann, eve, ann_id = await with_eve(browser, world)
            recording = ann.page.get_by_role("group", name="A voice message is being recorded")
            await ann.press("Record a voice message")
            await ann.see(recording)
            await ann.page.keyboard.press("Escape")
            await ann.unseen(recording)

            await ann.press("Record a voice message")
            await ann.see(recording.get_by_text(re.compile(r"0:(0[3-9]|[1-5]\d)")))
            await ann.shot("recording")
            await recording.get_by_role("button", name="Send", exact=True).click()
            message = await eve.event("updateNewMessage", where=lambda body: (body.get("media") or {}).get("document"))
            document = message.media.document
            voice = next(each for each in document.attributes if each._ == "documentAttributeAudio")
            assert document.mime_type == "audio/ogg" and voice.voice and 2 <= voice.duration <= 60
            assert len(voice.waveform) == 63 and max(voice.waveform) > 0
            await eve.call("download", peer=ann_id, id=message.id, path=str(tmp_path / "got"))
            sound = next(tmp_path.glob("got*")).read_bytes()
            assert sound.startswith(b"OggS") and b"OpusHead" in sound[:100]
            # The one that was dropped was not sent.
            assert len([each for each in eve.events if each["event"] == "new_message" and each["message"].get("media")]) == 1

            await ann.press("Play: Voice message")
            audio = ann.page.get_by_label("Voice message", exact=True)
            await ann.see(audio)
            while not await audio.evaluate("element => element.duration > 1"):
                await asyncio.sleep(0.1)

    scenario(story)


# A second of a picture that changes, as the browser's own recorder makes it.
FILM = """async () => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 160, height: 120});
  const paint = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(25), {mimeType: "video/webm"});
  const pieces = [];
  recorder.ondataavailable = (event) => pieces.push(event.data);
  recorder.start();
  for (let n = 0; n < 25; n += 1) {
    paint.fillStyle = `hsl(${n * 14} 80% 50%)`;
    paint.fillRect(0, 0, 160, 120);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  await new Promise((resolve) => { recorder.onstop = resolve; recorder.stop(); });
  return [...new Uint8Array(await new Blob(pieces).arrayBuffer())];
}"""


def test_films_and_music_play_while_they_are_fetched(scenario, tmp_path):
    """The player is given the parts that it asks for; what it does not ask for nobody fetches."""

    async def story(world):
        async with chromium("--autoplay-policy=no-user-gesture-required") as browser:
            ann, eve, ann_id = await with_eve(browser, world)
            film = bytes(await ann.page.evaluate(FILM))
            padding = 2 << 20  # so that it is no small file
            void = b"\xec\x01" + padding.to_bytes(7, "big")  # Matroska's element for nothing (RFC 8794, 11.3.2)
            (tmp_path / "film.webm").write_bytes(film + void + bytes(padding))
            parts = []

            def hear(response):
                if "/stream/" in response.url:
                    parts.append((response.status, response.headers["content-range"]))

            ann.page.on("response", hear)
            await ann.page.wait_for_function("navigator.serviceWorker.controller !== null")
            await eve.call("send_file", peer=ann_id, path=str(tmp_path / "film.webm"), kind="video", caption="a film")
            await ann.message("a film").get_by_role("button", name=re.compile("^Video")).click()
            video = ann.page.get_by_role("dialog").locator("video")
            await expect(video).to_have_attribute("src", re.compile("^/stream/"))
            await ann.page.wait_for_function("() => document.querySelector('video').currentTime > 0.3")
            await ann.shot("film")
            assert parts and all(status == 206 for status, _ in parts), parts
            # As an address of its own it is nothing: what a stranger sent never becomes a page.
            address = world.server.url(await video.get_attribute("src"))
            other = await ann.page.context.new_page()
            assert (await other.goto(address)).status == 404
            await other.close()
            await ann.page.keyboard.press("Escape")

            # Six minutes of silence.
            parts.clear()
            rate, seconds, part = 32_000, 360, 512 << 10
            with wave.open(str(tmp_path / "long.wav"), "wb") as sound:
                sound.setparams((1, 2, rate, 0, "NONE", ""))
                sound.writeframes(bytes(rate * seconds * 2))
            body = (tmp_path / "long.wav").read_bytes()
            pieces = [body[at:at + part] for at in range(0, len(body), part)]
            for number, piece in enumerate(pieces):
                await eve.invoke("upload.saveBigFilePart", file_id=91, file_part=number, file_total_parts=len(pieces), bytes=piece)
            await eve.invoke("messages.sendMedia", peer=ann_id, random_id=92, message="music", media={
                "_": "inputMediaUploadedDocument", "mime_type": "audio/wav",
                "file": {"_": "inputFileBig", "id": 91, "parts": len(pieces), "name": "long.wav"},
                "attributes": [{"_": "documentAttributeAudio", "duration": seconds, "title": "Silence"}]})
            await ann.press("Play: Silence")
            audio = ann.page.get_by_label("Silence", exact=True)
            await ann.page.wait_for_function("() => document.querySelector('audio')?.currentTime > 0.3")
            assert 0 < len(parts) < len(pieces) // 2, parts
            # Near the end, without what is before it.
            await audio.evaluate("(audio, to) => { audio.currentTime = to; }", seconds - 30)
            await ann.page.wait_for_function(f"() => document.querySelector('audio').currentTime > {seconds - 29}")
            assert len(parts) < len(pieces) * 3 // 4, parts

    scenario(story)
