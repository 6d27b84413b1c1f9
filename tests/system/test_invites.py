"""Invite links: several, with a limit, an end or approval, and who came through which."""

import time

from conftest import refused


def hash_of(link):
    return link.rsplit("/+", 1)[1]


async def link_to(who, peer, **wishes):
    return await who.invoke("messages.exportChatInvite", peer=peer, **wishes)


async def came_through(who, peer, link=None, **more):
    page = await who.invoke("messages.getChatInviteImporters", peer=peer, link=link, limit=10, **more)
    return {i.user_id for i in page.importers}


def test_several_links(trio):
    async def story(world, ann, bob, eve):
        group = await world.supergroup(ann)
        permanent = await link_to(ann, group)
        once = await link_to(ann, group, title="once", usage_limit=1)
        dated = await link_to(ann, group, title="soon over", expire_date=int(time.time()) + 3600)
        assert permanent.permanent and once.usage_limit == 1 and dated.expire_date > time.time()
        with refused("EXPIRE_DATE_INVALID"):
            await link_to(ann, group, expire_date=int(time.time()) - 60)

        assert (await bob.invoke("messages.checkChatInvite", hash=hash_of(once.link))).title == "Talk"
        await bob.call("join_link", hash=hash_of(once.link))
        with refused("INVITE_HASH_EXPIRED|USERS_TOO_MUCH"):
            await eve.call("join_link", hash=hash_of(once.link))
        await eve.call("join_link", hash=hash_of(dated.link))
        assert await came_through(ann, group, once.link) == {bob.id}
        assert await came_through(ann, group, dated.link) == {eve.id}
        listed = await ann.invoke("messages.getExportedChatInvites", peer=group, admin_id=ann.id, limit=10)
        assert {(i.title, i.usage) for i in listed.invites} == {(None, None), ("once", 1), ("soon over", 1)}
        [counted] = (await ann.invoke("messages.getAdminsWithInvites", peer=group)).admins
        assert (counted.admin_id, counted.invites_count) == (ann.id, 3)

    trio(story)


def test_a_link_is_changed_revoked_and_deleted(trio):
    async def story(world, ann, bob, _):
        group = await world.supergroup(ann)
        made = await link_to(ann, group, title="first")
        edited = await ann.invoke("messages.editExportedChatInvite", peer=group, link=made.link, title="second",
                                  usage_limit=5)
        assert (edited.invite.title, edited.invite.usage_limit) == ("second", 5)
        revoked = await ann.invoke("messages.editExportedChatInvite", peer=group, link=made.link, revoked=True)
        assert revoked.invite.revoked
        with refused("INVITE_HASH_EXPIRED"):
            await bob.call("join_link", hash=hash_of(made.link))
        gone = {"peer": group, "admin_id": ann.id, "revoked": True, "limit": 10}
        assert [i.link for i in (await ann.invoke("messages.getExportedChatInvites", **gone)).invites] == [made.link]
        await ann.invoke("messages.deleteExportedChatInvite", peer=group, link=made.link)
        assert (await ann.invoke("messages.getExportedChatInvites", **gone)).invites == []

        permanent = await link_to(ann, group)
        replaced = await ann.invoke("messages.editExportedChatInvite", peer=group, link=permanent.link, revoked=True)
        assert replaced._ == "exportedChatInviteReplaced" and replaced.new_invite.permanent
        await ann.invoke("messages.deleteRevokedExportedChatInvites", peer=group, admin_id=ann.id)
        assert (await ann.invoke("messages.getExportedChatInvites", **gone)).invites == []

    trio(story)


def test_who_asks_is_answered(trio):
    async def story(world, ann, bob, eve):
        group = await world.supergroup(ann)
        link = (await link_to(ann, group, request_needed=True, title="ask")).link
        for who in (bob, eve):
            assert (await who.call("join_link", hash=hash_of(link)))["waiting"]
        asked = await ann.event("updatePendingJoinRequests", peer=group, requests_pending=2)
        assert set(asked.recent_requesters) == {bob.id, eve.id}
        assert await came_through(ann, group, requested=True) == {bob.id, eve.id}
        await ann.invoke("messages.hideChatJoinRequest", peer=group, user_id=eve.id)
        await ann.invoke("messages.hideAllChatJoinRequests", peer=group, approved=True)
        await bob.event("updateChannel", channel_id=-1000000000000 - group)
        assert {p["id"] for p in await ann.call("participants", peer=group)} == {ann.id, bob.id}
        assert await came_through(ann, group, requested=True) == set()
        assert await came_through(ann, group, link) == {bob.id}

    trio(story)
