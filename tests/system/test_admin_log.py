"""What administrators did, as other administrators read it: all kinds, by filter, by person, by word, in pages."""

from conftest import refused


class Log:
    """The log of a chat, as one of its administrators sees it."""

    def __init__(self, who, peer):
        self.who, self.peer = who, peer

    async def read(self, **asked):
        """What happened, the latest first, without what the names have in common."""
        if "filter" in asked:
            wanted = {name: True for name in asked.pop("filter")}
            asked["events_filter"] = {"_": "channelAdminLogEventsFilter", **wanted}
        page = await self.who.invoke("channels.getAdminLog", channel=self.peer, **{"limit": 100, **asked})
        for event in page.events:
            assert event.user_id in {u.id for u in page.users}, "whoever acted is described"
        return page.events

    async def kinds(self, **asked):
        return [e.action._.removeprefix("channelAdminLogEventAction") for e in await self.read(**asked)]


async def rights(who, peer, member, **given):
    await who.invoke("channels.editAdmin", channel=peer, user_id=member.id, rank="",
                     admin_rights={"_": "chatAdminRights", **given})


async def banned(who, peer, member, **taken):
    await who.invoke("channels.editBanned", channel=peer, participant=member.id,
                     banned_rights={"_": "chatBannedRights", "until_date": 0, **taken})


def test_what_is_set(trio):
    async def story(world, ann, bob, _):
        group = await world.supergroup(ann, bob)
        log = Log(ann, group)
        with refused("CHAT_ADMIN_REQUIRED"):
            await Log(bob, group).read()
        await ann.invoke("channels.editTitle", channel=group, title="Talks")
        await ann.invoke("messages.editChatAbout", peer=group, about="All of them")
        await ann.invoke("channels.togglePreHistoryHidden", channel=group, enabled=True)
        await ann.invoke("channels.togglePreHistoryHidden", channel=group, enabled=False)  # not where strangers read
        await ann.call("set_channel_username", peer=group, username=f"logged_by_{ann.library}")
        await ann.invoke("channels.toggleSlowMode", channel=group, seconds=30)
        await ann.invoke("messages.toggleNoForwards", peer=group, enabled=True)
        await ann.invoke("messages.setHistoryTTL", peer=group, period=86400)
        await ann.invoke("messages.editChatDefaultBannedRights", peer=group,
                         banned_rights={"_": "chatBannedRights", "until_date": 0, "send_polls": True})
        thumb = {"_": "reactionEmoji", "emoticon": "\N{THUMBS UP SIGN}"}
        await ann.invoke("messages.setChatAvailableReactions", peer=group,
                         available_reactions={"_": "chatReactionsSome", "reactions": [thumb]})
        [chosen] = await log.read(filter=["settings"], limit=1)
        assert chosen.action.prev_value._ == "chatReactionsAll"
        assert [r.emoticon for r in chosen.action.new_value.reactions] == ["\N{THUMBS UP SIGN}"]
        settings = ["ChangeAvailableReactions", "DefaultBannedRights", "ChangeHistoryTTL", "ToggleNoForwards", "ToggleSlowMode",
                    "TogglePreHistoryHidden", "TogglePreHistoryHidden"]
        info = ["ChangeUsername", "ChangeAbout", "ChangeTitle"]
        assert await log.kinds(filter=["settings"]) == settings
        assert await log.kinds(filter=["info"]) == info
        assert await log.kinds() == [*settings[:5], info[0], *settings[5:], *info[1:], "ParticipantInvite"]
        [title] = await log.read(q="Talks")
        assert (title.action.prev_value, title.action.new_value) == ("Talk", "Talks")

        first = await log.read(limit=3)
        rest = await log.read(limit=100, max_id=first[-1].id)
        assert [e.id for e in first + rest] == [e.id for e in await log.read()], "pages neither repeat nor skip"
        assert [e.id for e in await log.read(min_id=first[-1].id)] == [e.id for e in first[:-1]]

    trio(story)


def test_what_became_of_members(trio):
    async def story(world, ann, bob, eve):
        group = await world.supergroup(ann, bob)
        log = Log(ann, group)
        await rights(ann, group, bob, ban_users=True, invite_users=True)
        link = (await bob.invoke("messages.exportChatInvite", peer=group, title="to talk")).link
        await eve.call("join_link", hash=link.rsplit("/+", 1)[1])
        await banned(bob, group, eve, send_messages=True)
        await banned(bob, group, eve)
        await banned(bob, group, eve, view_messages=True)
        await banned(bob, group, eve)
        await rights(ann, group, bob)
        await bob.call("leave", peer=group)
        assert await log.kinds() == [
            "ParticipantLeave", "ParticipantToggleAdmin", "ParticipantToggleBan", "ParticipantToggleBan",
            "ParticipantToggleBan", "ParticipantToggleBan", "ParticipantJoinByInvite", "ParticipantToggleAdmin",
            "ParticipantInvite"]
        for filter, count in {"promote": 1, "demote": 1, "ban": 1, "unban": 1, "kick": 1, "unkick": 1, "invite": 1,
                              "join": 1, "leave": 1, "group_call": 0}.items():
            assert len(await log.read(filter=[filter])) == count, filter
        by_bob = await log.read(admins=[bob.id])
        assert len(by_bob) == 5 and {e.user_id for e in by_bob} == {bob.id}
        [joined] = await log.read(filter=["join"])
        assert joined.action.invite.title == "to talk" and joined.user_id == eve.id

    trio(story)


def test_what_became_of_messages(trio):
    async def story(world, ann, bob, eve):
        group = await world.supergroup(ann, bob, eve)
        log = Log(ann, group)
        said = [(await bob.call("send", peer=group, text=text))["id"] for text in ("one", "two", "three")]
        await eve.call("send", peer=group, text="four")
        for id in said[:2]:
            await ann.invoke("messages.updatePinnedMessage", peer=group, id=id, silent=True)
        await ann.invoke("messages.unpinAllMessages", peer=group)
        pins = await log.read(filter=["pinned"])
        assert [e.action.message.pinned for e in pins] == [False, False, True, True]
        await bob.call("edit", peer=group, id=said[0], text="first")
        [edit] = await log.read(filter=["edit"])
        assert (edit.action.prev_message.message, edit.action.new_message.message) == ("one", "first")

        async def gone():
            erased = await log.read(filter=["delete"])
            return [e.action.message.message for e in erased if e.action.message._ == "message"]

        await ann.call("delete", peer=group, ids=said[:1])
        assert await gone() == ["first"]
        await ann.invoke("channels.deleteParticipantHistory", channel=group, participant=bob.id)
        assert sorted(await gone()) == ["first", "three", "two"]
        await ann.invoke("channels.deleteHistory", channel=group, for_everyone=True)
        assert sorted(await gone()) == ["first", "four", "three", "two"]
        poll = await ann.call("send_poll", peer=group, question="Tea?", answers=["yes", "no"])
        await ann.call("close_poll", peer=group, id=poll["id"])
        assert (await log.kinds(filter=["edit"]))[0] == "StopPoll"

    trio(story)


def test_what_became_of_links(trio):
    async def story(world, ann, bob, _):
        group = await world.supergroup(ann)
        log = Log(ann, group)
        made = [await ann.invoke("messages.exportChatInvite", peer=group, title=title) for title in ("a", "b")]
        await ann.invoke("messages.editExportedChatInvite", peer=group, link=made[0].link, usage_limit=3)
        for one in made:
            await ann.invoke("messages.editExportedChatInvite", peer=group, link=one.link, revoked=True)
        await ann.invoke("messages.deleteExportedChatInvite", peer=group, link=made[0].link)
        await ann.invoke("messages.deleteRevokedExportedChatInvites", peer=group, admin_id=ann.id)
        assert await log.kinds(filter=["invites"]) == [
            "ExportedInviteDelete", "ExportedInviteDelete", "ExportedInviteRevoke", "ExportedInviteRevoke",
            "ExportedInviteEdit"]
        deleted = (await log.read(filter=["invites"]))[:2]
        assert [e.action.invite.title for e in deleted] == ["b", "a"]

    trio(story)
