"""Basic groups: who comes and goes, what they are called, who may do what."""

from conftest import refused
from test_media import png
from test_photos import uploaded


async def add(who, group, user, forward=0):
    return await who.invoke("messages.addChatUser", chat_id=-group, user_id=user.id, fwd_limit=forward)


async def remove(who, group, user):
    await who.invoke("messages.deleteChatUser", chat_id=-group, user_id=user.id)


async def rename(who, group, title):
    await who.invoke("messages.editChatTitle", chat_id=-group, title=title)


async def describe(who, group, about):
    await who.invoke("messages.editChatAbout", peer=group, about=about)


async def promote(who, group, user, is_admin=True):
    await who.invoke("messages.editChatAdmin", chat_id=-group, user_id=user.id, is_admin=is_admin)


async def forbid(who, group, **rights):
    await who.invoke("messages.editChatDefaultBannedRights", peer=group,
                     banned_rights={"_": "chatBannedRights", "until_date": 0, **rights})


async def full(who, group):
    return (await who.invoke("messages.getFullChat", chat_id=-group)).full_chat


async def members(who, group):
    return {p.user_id: p._ for p in (await full(who, group)).participants.participants}


async def told_of(who, group, user, kind):
    """Waits until they are told that somebody is in it as this."""
    await who.event("updateChatParticipants", where=lambda u: u["participants"].chat_id == -group and any(
        p.user_id == user.id and p._ == kind for p in u["participants"].participants))


async def texts(who, group):
    return [m["text"] for m in await who.call("history", peer=group) if m["text"]]


def test_people_come_and_go(trio):
    async def story(world, ann, bob, eve):
        group = await world.group(ann, bob, title="Friends")
        begun = await bob.notice("messageActionChatCreate", group)
        assert begun.action.title == "Friends" and set(begun.action.users) == {ann.id, bob.id}
        await ann.call("send", peer=group, text="before Eve")
        await bob.event("new_message", peer=group, text="before Eve")

        await add(bob, group, eve, forward=10)
        said = await eve.notice("messageActionChatAddUser", group)
        assert said.action.users == [eve.id] and said.from_id == bob.id
        assert await texts(eve, group) == ["before Eve"], "what they are to have read"
        await ann.notice("messageActionChatAddUser", group)
        with refused("USER_ALREADY_PARTICIPANT"):
            await add(ann, group, eve)
        assert await members(eve, group) == {ann.id: "chatParticipantCreator", bob.id: "chatParticipant",
                                             eve.id: "chatParticipant"}

        await remove(eve, group, eve)
        assert (await bob.notice("messageActionChatDeleteUser", group)).action.user_id == eve.id
        assert (await members(bob, group)).keys() == {ann.id, bob.id}
        with refused("CHAT_WRITE_FORBIDDEN"):
            await eve.call("send", peer=group, text="one more thing")
        assert await texts(eve, group) == ["before Eve"], "what they have stays theirs"
        await add(ann, group, eve)
        await eve.notice("messageActionChatAddUser", group)

        await remove(ann, group, eve)
        assert (await eve.notice("messageActionChatDeleteUser", group)).action.user_id == eve.id
        [shown] = (await eve.invoke("messages.getChats", id=[-group])).chats
        assert shown._ == "chatForbidden"
        with refused("CHAT_WRITE_FORBIDDEN|USER_BANNED_IN_CHANNEL"):
            await eve.call("send", peer=group, text="but")
        with refused("USER_KICKED"):
            await add(bob, group, eve)
        await add(ann, group, eve)  # whoever may remove may bring back
        assert eve.id in await members(bob, group)
        await eve.call("send", peer=group, text="back again")
        await bob.event("new_message", peer=group, text="back again")

    trio(story)


def test_whom_one_has_brought_one_may_take_out(trio):
    async def story(world, ann, bob, eve):
        group = await world.group(ann, bob)
        await add(bob, group, eve)
        with refused("USER_CREATOR|CHAT_ADMIN_REQUIRED"):
            await remove(eve, group, ann)
        with refused("CHAT_ADMIN_REQUIRED"):
            await remove(eve, group, bob)
        await remove(bob, group, eve)
        assert (await members(ann, group)).keys() == {ann.id, bob.id}
        with refused("USER_NOT_PARTICIPANT"):
            await remove(ann, group, eve)

    trio(story)


def test_it_stays_its_owners_who_leave(trio):
    async def story(world, ann, bob, eve):
        group = await world.group(ann, bob)
        await remove(ann, group, ann)
        await bob.notice("messageActionChatDeleteUser", group)
        await add(bob, group, ann)
        assert await members(bob, group) == {ann.id: "chatParticipantCreator", bob.id: "chatParticipant"}
        await promote(ann, group, bob)
        await told_of(bob, group, bob, "chatParticipantAdmin")

    trio(story)


def test_what_it_is_called_and_looks_like(trio, tmp_path):
    async def story(world, ann, bob, eve):
        group = await world.group(ann, bob, eve, title="Friends")
        await rename(bob, group, "Old friends")
        assert (await eve.notice("messageActionChatEditTitle", group)).action.title == "Old friends"
        [shown] = (await eve.invoke("messages.getChats", id=[-group])).chats
        assert shown.title == "Old friends" and shown.participants_count == 3
        for title, error in (("Old friends", "CHAT_NOT_MODIFIED"), ("  ", "CHAT_TITLE_EMPTY")):
            with refused(error):
                await rename(bob, group, title)

        await describe(bob, group, "Since school")
        assert (await full(eve, group)).about == "Since school"
        for about, error in (("Since school", "CHAT_ABOUT_NOT_MODIFIED"), ("x" * 256, "CHAT_ABOUT_TOO_LONG")):
            with refused(error):
                await describe(bob, group, about)

        (tmp_path / "us.png").write_bytes(png(400, 400))
        await bob.invoke("messages.editChatPhoto", chat_id=-group, photo={
            "_": "inputChatUploadedPhoto", "file": await uploaded(bob, tmp_path / "us.png")})
        photo = (await eve.notice("messageActionChatEditPhoto", group)).action.photo
        assert (await full(eve, group)).chat_photo.id == photo.id
        await ann.invoke("messages.editChatPhoto", chat_id=-group, photo={"_": "inputChatPhotoEmpty"})
        await eve.notice("messageActionChatDeletePhoto", group)
        assert (await full(eve, group)).chat_photo._ == "photoEmpty"

    trio(story)


def test_what_members_may_not(trio, tmp_path):
    async def story(world, ann, bob, eve):
        group = await world.group(ann, bob)
        (tmp_path / "photo.png").write_bytes(png(300, 200))
        for attempt in (promote(bob, group, bob), remove(bob, group, ann), forbid(bob, group, send_polls=True),
                        bob.invoke("messages.exportChatInvite", peer=group),
                        bob.invoke("messages.deleteChat", chat_id=-group)):
            with refused("CHAT_ADMIN_REQUIRED|USER_CREATOR"):
                await attempt
        for attempt in (rename(eve, group, "Mine"), describe(eve, group, "Mine"), full(eve, group),
                        add(eve, group, eve), eve.call("send", peer=group, text="hello")):
            with refused("CHAT_ID_INVALID|PEER_ID_INVALID|CHAT_WRITE_FORBIDDEN"):
                await attempt

        bob.events.clear()
        await forbid(ann, group, change_info=True, invite_users=True, pin_messages=True, send_photos=True)
        await bob.event("updateChat", chat_id=-group)
        [shown] = (await bob.invoke("messages.getChats", id=[-group])).chats
        rights = shown.default_banned_rights
        assert rights.change_info and rights.invite_users and not rights.send_messages
        with refused("CHAT_NOT_MODIFIED"):
            await forbid(ann, group, change_info=True, invite_users=True, pin_messages=True, send_photos=True)
        said = await bob.call("send", peer=group, text="words are free")
        for attempt in (rename(bob, group, "Ours"), describe(bob, group, "Ours"), add(bob, group, eve),
                        bob.invoke("messages.editChatPhoto", chat_id=-group, photo={"_": "inputChatPhotoEmpty"}),
                        bob.invoke("messages.updatePinnedMessage", peer=group, id=said["id"])):
            with refused("CHAT_ADMIN_REQUIRED"):
                await attempt
        with refused("CHAT_SEND_PHOTOS_FORBIDDEN|CHAT_SEND_MEDIA_FORBIDDEN"):
            await bob.call("send_file", peer=group, path=str(tmp_path / "photo.png"), kind="photo")

        await forbid(ann, group, send_messages=True)
        with refused("CHAT_WRITE_FORBIDDEN"):
            await bob.call("send", peer=group, text="no more")
        await ann.call("send", peer=group, text="administrators may")
        await bob.event("new_message", peer=group, text="administrators may")

    trio(story)


def test_administrators(trio):
    async def story(world, ann, bob, eve):
        group = await world.group(ann, bob)
        with refused("USER_NOT_PARTICIPANT"):
            await promote(ann, group, eve)
        await forbid(ann, group, change_info=True, invite_users=True, pin_messages=True)
        await promote(ann, group, bob)
        await told_of(bob, group, bob, "chatParticipantAdmin")
        [shown] = (await bob.invoke("messages.getChats", id=[-group])).chats
        assert shown.admin_rights.ban_users and not shown.admin_rights.add_admins and not shown.creator

        await rename(bob, group, "Bob's friends")
        await ann.notice("messageActionChatEditTitle", group)
        await add(bob, group, eve)
        await eve.notice("messageActionChatAddUser", group)
        said = await eve.call("send", peer=group, text="hello")
        got = await bob.event("new_message", peer=group, text="hello")
        await bob.call("delete", peer=group, ids=[got["id"]])
        await eve.event("delete_messages", where=lambda e: said["id"] in e["ids"])
        await bob.invoke("messages.exportChatInvite", peer=group)
        for attempt in (promote(bob, group, eve), remove(bob, group, ann), promote(bob, group, ann, False),
                        bob.invoke("messages.deleteChat", chat_id=-group)):
            with refused("CHAT_ADMIN_REQUIRED|USER_CREATOR"):
                await attempt
        await remove(bob, group, eve)
        await eve.notice("messageActionChatDeleteUser", group)

        await promote(ann, group, bob, False)
        await told_of(bob, group, bob, "chatParticipant")
        with refused("CHAT_ADMIN_REQUIRED"):
            await rename(bob, group, "Bob's again")

    trio(story)
