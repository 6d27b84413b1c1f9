"""Telethon behind the JSON-lines commands that the scenarios speak (see ../README.md)."""

import asyncio
import json
import re
import sys

from telethon import TelegramClient, connection, errors, events, functions, types, utils
from telethon.crypto import rsa
from telethon.password import compute_check
from telethon.sessions import StringSession
from telethon.tl import TLObject

from schema import build, plain

TRANSPORTS = {
    "full": connection.ConnectionTcpFull,
    "abridged": connection.ConnectionTcpAbridged,
    "intermediate": connection.ConnectionTcpIntermediate,
    "obfuscated": connection.ConnectionTcpObfuscated,
}


def emit(value):
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def user(u):
    status = type(u.status).__name__ if getattr(u, "status", None) else None
    return {"id": u.id, "first_name": u.first_name, "last_name": u.last_name, "username": u.username,
            "phone": u.phone, "self": bool(u.is_self), "contact": bool(u.contact),
            "mutual": bool(u.mutual_contact), "deleted": bool(u.deleted), "status": status}


def replies(r):
    return {"count": r.replies, "comments": bool(r.comments),
            "group": utils.get_peer_id(types.PeerChannel(r.channel_id)) if r.channel_id else None,
            "recent": [utils.get_peer_id(p) for p in r.recent_repliers or []], "max_id": r.max_id,
            "read_max_id": r.read_max_id}


def message(m):
    reply = getattr(m, "reply_to", None)
    fwd = getattr(m, "fwd_from", None)
    return {"id": m.id, "peer": m.chat_id, "from": m.sender_id, "out": bool(m.out), "text": m.message or "",
            "date": int(m.date.timestamp()) if m.date else 0, "edited": m.edit_date is not None,
            "reply_to": getattr(reply, "reply_to_msg_id", None),
            "forward": None if fwd is None else {"from": getattr(fwd.from_id, "user_id", None), "name": fwd.from_name},
            "entities": [type(e).__name__.replace("MessageEntity", "").lower() for e in (m.entities or [])],
            "action": type(m.action).__name__ if getattr(m, "action", None) else None,
            "pinned": bool(getattr(m, "pinned", False)), "silent": bool(getattr(m, "silent", False)),
            "ttl": getattr(m, "ttl_period", None),
            "media": type(m.media).__name__.replace("MessageMedia", "").lower() if getattr(m, "media", None) else None,
            "album": str(m.grouped_id) if getattr(m, "grouped_id", None) else None,
            "saved_from": None if fwd is None or not fwd.saved_from_peer else
            {"peer": utils.get_peer_id(fwd.saved_from_peer), "id": fwd.saved_from_msg_id},
            "replies": replies(m.replies) if getattr(m, "replies", None) else None}


def poll(shown):
    """A poll as it stands; `counts` and `solution` are None, `correct` is -1 while the viewer may not know."""
    p, results = shown.poll, shown.results
    each = results.results or []
    return {"id": str(p.id), "question": p.question.text, "answers": [a.text.text for a in p.answers],
            "closed": bool(p.closed), "quiz": bool(p.quiz), "public": bool(p.public_voters),
            "total": results.total_voters or 0, "min": bool(results.min),
            "counts": [r.voters or 0 for r in each] if results.results else None,
            "chosen": [i for i, r in enumerate(each) if r.chosen],
            "correct": next((i for i, r in enumerate(each) if r.correct), -1), "solution": results.solution,
            "recent": [utils.get_peer_id(v) for v in results.recent_voters or []]}


def media(m):
    """A photo or document with what it takes to fetch it."""
    thing = getattr(m, "photo", None) or getattr(m, "document", None)
    photo = isinstance(thing, types.Photo)
    sizes = (thing.sizes if photo else thing.thumbs) or []
    names = [a.file_name for a in getattr(thing, "attributes", []) if isinstance(a, types.DocumentAttributeFilename)]
    return {"kind": "photo" if photo else "document", "id": str(thing.id), "access_hash": str(thing.access_hash),
            "reference": thing.file_reference.hex(), "size": None if photo else thing.size,
            "mime": None if photo else thing.mime_type, "name": names[0] if names else None,
            "sizes": {s.type: [s.w, s.h, s.size] for s in sizes if isinstance(s, types.PhotoSize)},
            "stripped": next((utils.stripped_photo_to_jpg(s.bytes).hex() for s in sizes
                              if isinstance(s, types.PhotoStrippedSize)), None)}


class Adapter:
    def __init__(self):
        self.client = None

    async def connect(self, host, port, pem, transport="full", session=None, receive_updates=True,
                      catch_up=False, **_):
        rsa.add_key(pem, old=False)
        stored = StringSession(session) if session else StringSession()
        if not session:
            stored.set_dc(2, host, port)
        self.client = TelegramClient(stored, 1, "x", connection=TRANSPORTS[transport], catch_up=catch_up,
                                     receive_updates=receive_updates, connection_retries=20, retry_delay=0.2,
                                     request_retries=3, flood_sleep_threshold=0)
        if receive_updates:
            self.client.add_event_handler(self.on_message, events.NewMessage())
            self.client.add_event_handler(self.on_edit, events.MessageEdited())
            self.client.add_event_handler(self.on_delete, events.MessageDeleted())
            self.client.add_event_handler(self.on_read, events.MessageRead())
            self.client.add_event_handler(self.on_read_inbox, events.MessageRead(inbox=True))
            self.client.add_event_handler(self.on_raw, events.Raw())
        await self.client.connect()
        return {"authorized": await self.client.is_user_authorized()}

    async def on_message(self, event):
        emit({"event": "new_message", "message": message(event.message)})

    async def on_edit(self, event):
        emit({"event": "edit_message", "message": message(event.message)})

    async def on_delete(self, event):
        emit({"event": "delete_messages", "ids": event.deleted_ids})

    async def on_read(self, event):
        emit({"event": "read_outbox", "peer": event.chat_id, "max_id": event.max_id})

    async def on_read_inbox(self, event):
        emit({"event": "read_inbox", "peer": event.chat_id, "max_id": event.max_id})

    async def on_raw(self, update):
        if isinstance(update, TLObject):
            shown = plain(update)
            emit({"event": shown["_"], **shown})
        if isinstance(update, types.UpdateMessagePoll):
            emit({"event": "poll", **poll(update)})
        elif isinstance(update, types.UpdateUserTyping):
            emit({"event": "typing", "user": update.user_id})
        elif isinstance(update, types.UpdateUserStatus):
            emit({"event": "status", "user": update.user_id, "status": type(update.status).__name__})
        elif isinstance(update, types.UpdateReadChannelDiscussionInbox):
            emit({"event": "read_discussion", "group": utils.get_peer_id(types.PeerChannel(update.channel_id)),
                  "top": update.top_msg_id, "max_id": update.read_max_id, "post": update.broadcast_post})
        elif isinstance(update, types.UpdateReadChannelDiscussionOutbox):
            emit({"event": "comments_read", "group": utils.get_peer_id(types.PeerChannel(update.channel_id)),
                  "top": update.top_msg_id, "max_id": update.read_max_id})

    async def invoke(self, request):
        return plain(await self.client(await build(self.client, **request)))

    async def session(self):
        return self.client.session.save()

    async def send_code(self, phone):
        sent = await self.client(functions.auth.SendCodeRequest(phone, 1, "x", types.CodeSettings()))
        return {"hash": sent.phone_code_hash, "type": type(sent.type).__name__}

    async def sign_in(self, phone, hash, code):
        try:
            result = await self.client.sign_in(phone, code, phone_code_hash=hash)
        except errors.SessionPasswordNeededError:
            return {"need": "password"}
        except errors.PhoneNumberUnoccupiedError:
            return {"need": "sign_up"}
        return {"user": user(result)}

    async def sign_up(self, phone, hash, code, first, last=""):
        # Telethon's own sign_up() has been retired upstream; the request is still in its schema.
        result = await self.client(functions.auth.SignUpRequest(phone, hash, first, last))
        await self.client._on_login(result.user)
        return {"user": user(result.user)}

    async def password(self, password):
        return {"user": user(await self.client.sign_in(password=password))}

    async def set_password(self, new, current=None, hint="", **_):
        return await self.client.edit_2fa(current_password=current, new_password=new, hint=hint)

    async def prove_password(self, password):
        state = await self.client(functions.account.GetPasswordRequest())
        return plain(compute_check(state, password))

    async def me(self):
        me = await self.client.get_me()
        return user(me) if me else None

    async def resolve(self, username):
        return user(await self.client.get_entity(username))

    async def set_username(self, username):
        await self.client(functions.account.UpdateUsernameRequest(username))

    async def import_contact(self, phone, first, last=""):
        result = await self.client(functions.contacts.ImportContactsRequest(
            [types.InputPhoneContact(0, phone, first, last)]))
        return [user(u) for u in result.users]

    async def block(self, peer):
        return await self.client(functions.contacts.BlockRequest(await self.client.get_input_entity(peer)))

    async def unblock(self, peer):
        return await self.client(functions.contacts.UnblockRequest(await self.client.get_input_entity(peer)))

    async def send(self, peer, text, reply_to=None, silent=False, markdown=False, schedule=None):
        sent = await self.client.send_message(peer, text, reply_to=reply_to, silent=silent, schedule=schedule,
                                              parse_mode="md" if markdown else None)
        return message(sent)

    async def history(self, peer, limit=20, offset_id=0):
        return [message(m) async for m in self.client.iter_messages(peer, limit=limit, offset_id=offset_id)]

    async def seen(self, peer, ids):
        """Counts a look at these posts; how often each was seen."""
        answer = await self.client(functions.messages.GetMessagesViewsRequest(peer, ids, increment=True))
        return [v.views for v in answer.views]

    async def link_discussion(self, peer, group):
        return await self.client(functions.channels.SetDiscussionGroupRequest(peer, group))

    async def comment(self, peer, post, text):
        return message(await self.client.send_message(peer, text, comment_to=post, parse_mode=None))

    async def discussion(self, peer, id):
        found = await self.client(functions.messages.GetDiscussionMessageRequest(peer, id))
        return {"first": [message(m) for m in found.messages], "unread": found.unread_count, "max_id": found.max_id,
                "read_inbox": found.read_inbox_max_id, "read_outbox": found.read_outbox_max_id}

    async def read_discussion(self, peer, id, max_id):
        return await self.client(functions.messages.ReadDiscussionRequest(peer, id, max_id))

    async def comment_counts(self, peer, ids):
        answer = await self.client(functions.messages.GetMessagesViewsRequest(peer, ids, increment=False))
        return [v.replies.replies if v.replies else None for v in answer.views]

    async def send_as_peers(self, peer):
        return [utils.get_peer_id(p.peer) for p in (await self.client(functions.channels.GetSendAsRequest(peer))).peers]

    async def send_as(self, peer, author, text):
        sent = await self.client(functions.messages.SendMessageRequest(peer, text, send_as=author))
        return message(next(u.message for u in sent.updates if isinstance(u, types.UpdateNewChannelMessage)))

    async def save_send_as(self, peer, author):
        return await self.client(functions.messages.SaveDefaultSendAsRequest(peer, author))

    async def who_read(self, peer, id):
        readers = await self.client(functions.messages.GetMessageReadParticipantsRequest(peer, id))
        return [r.user_id for r in readers]

    async def message_link(self, peer, id):
        return (await self.client(functions.channels.ExportMessageLinkRequest(peer, id, thread=True))).link

    async def thread(self, peer, id):
        return [message(m) async for m in self.client.iter_messages(peer, reply_to=id, limit=50)]

    async def search(self, peer, query):
        return [message(m) async for m in self.client.iter_messages(peer, search=query, limit=50)]

    async def search_posts(self, query=None, hashtag=None, limit=50):
        """All pages of public posts, as (peer, id, text)."""
        found, rate, peer, last = [], 0, types.InputPeerEmpty(), 0
        for _ in range(100):
            page = await self.client(functions.channels.SearchPostsRequest(
                offset_rate=rate, offset_peer=peer, offset_id=last, limit=limit, hashtag=hashtag, query=query))
            found += [{"peer": utils.get_peer_id(m.peer_id), "id": m.id, "text": m.message}
                      for m in page.messages]
            rate = getattr(page, "next_rate", None)
            if not rate:
                return found
            at = {c.id: c for c in page.chats}[page.messages[-1].peer_id.channel_id]
            peer, last = utils.get_input_peer(at), page.messages[-1].id
        raise AssertionError("pages without end")

    async def search_global(self, query):
        return [message(m) async for m in self.client.iter_messages(None, search=query, limit=50)]

    async def find_peers(self, query):
        found = await self.client(functions.contacts.SearchRequest(query, 20))
        return {"mine": [utils.get_peer_id(p) for p in found.my_results],
                "others": [utils.get_peer_id(p) for p in found.results]}

    async def edit(self, peer, id, text):
        return message(await self.client.edit_message(peer, id, text))

    async def delete(self, peer, ids, revoke=True):
        await self.client.delete_messages(peer, ids, revoke=revoke)

    async def forward(self, peer, ids, from_peer, drop_author=False):
        sent = await self.client.forward_messages(peer, ids, from_peer, drop_author=drop_author)
        return [message(m) for m in sent]

    async def send_poll(self, peer, question, answers, public_voters=None, multiple=None, quiz=None, correct=None,
                        solution=None, close_in=None):
        def text(t):
            return types.TextWithEntities(t, [])
        asked = types.Poll(0, text(question), [types.InputPollAnswer(text(a)) for a in answers], 0,
                           public_voters=public_voters, multiple_choice=multiple, quiz=quiz, close_period=close_in)
        wanted = types.InputMediaPoll(asked, correct_answers=None if correct is None else [correct],
                                      solution=solution, solution_entities=None if solution is None else [])
        return message(await self.client.send_message(peer, file=wanted))

    async def shown_poll(self, peer, id):
        return (await self.client.get_messages(peer, ids=id)).media

    async def vote(self, peer, id, answers):
        options = [(await self.shown_poll(peer, id)).poll.answers[i].option for i in answers]
        result = await self.client(functions.messages.SendVoteRequest(peer, id, options))
        return poll(next(u for u in result.updates if isinstance(u, types.UpdateMessagePoll)))

    async def poll(self, peer, id):
        return poll(await self.shown_poll(peer, id))

    async def poll_results(self, peer, id):
        result = await self.client(functions.messages.GetPollResultsRequest(peer, id, 0))
        return poll(result.updates[0])

    async def poll_votes(self, peer, id, answer=None, offset=None, count=100):
        option = None if answer is None else (await self.shown_poll(peer, id)).poll.answers[answer].option
        page = await self.client(functions.messages.GetPollVotesRequest(peer, id, count, option, offset))
        return {"total": page.count, "users": [utils.get_peer_id(v.peer) for v in page.votes],
                "next": page.next_offset}

    async def close_poll(self, peer, id):
        media = await self.shown_poll(peer, id)
        media.poll.closed = True
        edited = await self.client.edit_message(peer, id, file=types.InputMediaPoll(media.poll))
        return poll(edited.media)

    async def pin(self, peer, id):
        await self.client.pin_message(peer, id)

    async def read(self, peer, max_id):
        await self.client.send_read_acknowledge(peer, max_id=max_id)

    async def typing(self, peer):
        await self.client(functions.messages.SetTypingRequest(
            await self.client.get_input_entity(peer), types.SendMessageTypingAction()))

    async def online(self, online=True):
        await self.client(functions.account.UpdateStatusRequest(offline=not online))

    async def dialogs(self):
        return [{"peer": d.id, "unread": d.unread_count, "top": message(d.message) if d.message else None,
                 "pinned": bool(d.pinned), "draft": d.draft.text or None}
                async for d in self.client.iter_dialogs()]

    @staticmethod
    def chat(c):
        return {"peer": utils.get_peer_id(c), "title": c.title, "members": getattr(c, "participants_count", None),
                "username": getattr(c, "username", None), "left": bool(getattr(c, "left", False))}

    async def create_group(self, title, users):
        result = await self.client(functions.messages.CreateChatRequest(users, title))
        return self.chat(result.updates.chats[0])

    async def create_channel(self, title, broadcast, about=""):
        result = await self.client(functions.channels.CreateChannelRequest(
            title, about, broadcast=broadcast, megagroup=not broadcast))
        return self.chat(result.chats[0])

    async def set_channel_username(self, peer, username):
        await self.client(functions.channels.UpdateUsernameRequest(peer, username))

    async def join(self, username):
        result = await self.client(functions.channels.JoinChannelRequest(username))
        return self.chat(getattr(result, "updates", result).chats[0] if not hasattr(result, "chats")
                         else result.chats[0])

    async def export_invite(self, peer, approve=False):
        made = await self.client(functions.messages.ExportChatInviteRequest(peer, request_needed=approve))
        return {"link": made.link}

    async def join_link(self, hash):
        try:
            result = await self.client(functions.messages.ImportChatInviteRequest(hash))
        except errors.InviteRequestSentError:
            return {"waiting": True}
        return self.chat((result if hasattr(result, "chats") else result.updates).chats[0])

    async def let_in(self, peer, user):
        await self.client(functions.messages.HideChatJoinRequestRequest(peer, user, approved=True))

    async def leave(self, peer):
        await self.client.delete_dialog(peer)

    async def participants(self, peer):
        return [user(u) async for u in self.client.iter_participants(peer)]

    async def mute_member(self, peer, user):
        await self.client.edit_permissions(peer, user, send_messages=False)

    async def kick_member(self, peer, user):
        await self.client.get_participants(peer)  # picked from the list: an update about them may not be here yet
        await self.client.edit_permissions(peer, user, view_messages=False)

    async def draft(self, peer, text):
        await self.client(functions.messages.SaveDraftRequest(await self.client.get_input_entity(peer), text))

    async def sessions(self):
        result = await self.client(functions.account.GetAuthorizationsRequest())
        return [{"hash": str(a.hash), "current": bool(a.current), "device": a.device_model}
                for a in result.authorizations]

    async def end_session(self, hash):
        return await self.client(functions.account.ResetAuthorizationRequest(int(hash)))

    async def upload_media(self, path, kind="document", mime="application/octet-stream", **_):
        file = await self.client.upload_file(path)
        if kind == "photo":
            wanted = types.InputMediaUploadedPhoto(file)
        else:
            wanted = types.InputMediaUploadedDocument(file, mime, [types.DocumentAttributeFilename(file.name)])
        return media(await self.client(functions.messages.UploadMediaRequest(types.InputPeerSelf(), wanted)))

    async def send_file(self, peer, path, kind="document", caption="", **_):
        sent = await self.client.send_file(peer, path, caption=caption, force_document=kind == "document")
        return message(sent)

    async def send_album(self, peer, paths, caption="", **_):
        return [message(m) for m in await self.client.send_file(peer, paths, caption=caption)]

    async def download(self, peer, id, path):
        found = await self.client.get_messages(peer, ids=id)
        await self.client.download_media(found, path)
        return media(found.media)

    async def sticker_set(self, short_name):
        return await self.client(functions.messages.GetStickerSetRequest(types.InputStickerSetShortName(short_name), 0))

    async def install_stickers(self, short_name):
        found = await self.sticker_set(short_name)
        await self.client(functions.messages.InstallStickerSetRequest(
            types.InputStickerSetID(found.set.id, found.set.access_hash), False))
        every = await self.client(functions.messages.GetAllStickersRequest(0))
        return [s.short_name for s in every.sets]

    async def send_sticker(self, peer, short_name):
        found = await self.sticker_set(short_name)
        return message(await self.client.send_file(peer, found.documents[0]))

    async def save_part(self, file, part, size, fill=0, total=None):
        """One part of `size` equal bytes, by itself."""
        content = bytes([fill]) * size
        if total is None:
            return await self.client(functions.upload.SaveFilePartRequest(file, part, content))
        return await self.client(functions.upload.SaveBigFilePartRequest(file, part, total, content))

    async def use_parts(self, file, parts, big=False):
        uploaded = types.InputFileBig(file, parts, "file") if big else types.InputFile(file, parts, "file", "")
        wanted = types.InputMediaUploadedDocument(uploaded, "application/octet-stream", [])
        return media(await self.client(functions.messages.UploadMediaRequest(types.InputPeerSelf(), wanted)))

    async def fetch(self, media, path, thumb=""):
        place = types.InputPhotoFileLocation if media["kind"] == "photo" else types.InputDocumentFileLocation
        await self.client.download_file(place(int(media["id"]), int(media["access_hash"]),
                                              bytes.fromhex(media["reference"]), thumb), path)

    async def set_photo(self, path):
        file = await self.client.upload_file(path)
        return media(await self.client(functions.photos.UploadProfilePhotoRequest(file=file)))

    async def profile_photo(self, peer, path):
        """What others see: the small one to `path`, how many there are."""
        who = await self.client.get_entity(peer)
        await self.client.download_profile_photo(who, path, download_big=False)
        return {"shown": bool(who.photo), "count": (await self.client.get_profile_photos(who)).total}

    async def takeout(self, peer):
        """Exports as the library does it: what the library gets of one dialog, of contacts, of channels left."""
        async with self.client.takeout(contacts=True, users=True, chats=True, megagroups=True, channels=True,
                                       files=True, max_file_size=1 << 30) as takeout:
            ranges = await takeout(functions.messages.GetSplitRangesRequest())
            dialog = await takeout.get_input_entity(peer)
            texts = [m.message async for m in takeout.iter_messages(dialog, wait_time=0)]
            part = await self.client(functions.InvokeWithTakeoutRequest(
                self.client.session.takeout_id, functions.InvokeWithMessagesRangeRequest(
                    ranges[0], functions.messages.GetHistoryRequest(dialog, 0, None, 0, 1, 0, 0, 0))))
            saved = await takeout(functions.contacts.GetSavedRequest())
            left = await takeout(functions.channels.GetLeftChannelsRequest(0))
            id = self.client.session.takeout_id
        return {"id": str(id), "texts": texts, "in_range": len(part.messages),
                "contacts": [c.phone for c in saved], "left": [c.title for c in left.chats]}

    async def after_takeout(self, id):
        await self.client(functions.InvokeWithTakeoutRequest(int(id), functions.contacts.GetSavedRequest()))

    async def log_out(self):
        return await self.client.log_out()

    async def difference(self):
        """Asks for what was missed, as the library does by itself with catch_up."""
        await self.client.catch_up()

    async def delete_account(self, reason="test"):
        return await self.client(functions.account.DeleteAccountRequest(reason))

    async def disconnect(self):
        await self.client.disconnect()

    async def reconnect(self):
        await self.client.connect()


NAMES = {c: name for name, c in (*errors.rpcerrorlist.rpc_errors_dict.items(), *errors.rpcerrorlist.rpc_errors_re)}


def failure(error):
    if isinstance(error, errors.FloodWaitError):
        return {"code": 420, "name": f"FLOOD_WAIT_{error.seconds}"}
    if isinstance(error, errors.RPCError):
        # Telethon turns the names it knows into classes.
        name = NAMES.get(type(error)) or getattr(error, "message", None) or type(error).__name__
        if match := re.search(r"\(\\d\+\)", name):
            name = name.replace(match[0], str(next(v for v in vars(error).values() if isinstance(v, int))))
        return {"code": error.code or 0, "name": name, "class": type(error).__name__}
    return {"code": -1, "name": type(error).__name__, "message": str(error)}


async def main():
    adapter = Adapter()
    reader = asyncio.StreamReader(limit=1 << 22)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)

    async def serve(command):
        try:
            result = await getattr(adapter, command["op"])(**command.get("args", {}))
            emit({"id": command["id"], "result": result})
        except Exception as error:  # every failure is an answer
            emit({"id": command["id"], "error": failure(error)})

    running = set()
    while line := await reader.readline():
        task = asyncio.create_task(serve(json.loads(line)))
        running.add(task)
        task.add_done_callback(running.discard)
    if adapter.client:
        await adapter.client.disconnect()


asyncio.run(main())
