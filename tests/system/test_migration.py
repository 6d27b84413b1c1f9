"""A basic group that becomes a supergroup: both stay readable, and what led to the one leads to the other."""

from conftest import refused
from test_basic_groups import texts


def test_a_group_grows(trio):
    async def story(world, ann, bob, eve):
        group = await world.group(ann, bob)
        await ann.call("send", peer=group, text="before")
        await bob.event("new_message", peer=group, text="before")
        link = (await ann.call("export_invite", peer=group))["link"]

        with refused("CHAT_ADMIN_REQUIRED"):
            await bob.invoke("messages.migrateChat", chat_id=-group)
        made = await ann.invoke("messages.migrateChat", chat_id=-group)
        [id] = [c.id for c in made.chats if c._ == "channel"]
        supergroup = -1000000000000 - id

        assert (await bob.notice("messageActionChatMigrateTo", group)).action.channel_id == id
        [begun] = (await bob.invoke("messages.getHistory", peer=supergroup, limit=10)).messages
        assert begun.action._ == "messageActionChannelMigrateFrom" and begun.action.chat_id == -group

        await ann.call("send", peer=supergroup, text="after")
        await bob.event("new_message", peer=supergroup, text="after")
        assert await texts(bob, group) == ["before"] and await texts(bob, supergroup) == ["after"]
        with refused("CHAT_ID_INVALID|PEER_ID_INVALID|CHAT_WRITE_FORBIDDEN"):
            await bob.call("send", peer=group, text="too late")
        [old] = (await bob.invoke("messages.getChats", id=[-group])).chats
        assert old.deactivated and old.migrated_to.channel_id == id
        full = await bob.full(supergroup)
        assert full.migrated_from_chat_id == -group and full.migrated_from_max_id > 0
        assert {p["id"] for p in await ann.call("participants", peer=supergroup)} == {ann.id, bob.id}

        joined = await eve.call("join_link", hash=link.rsplit("/+", 1)[1])
        assert joined["peer"] == supergroup, "the old link leads into the new group"
        assert await texts(eve, supergroup) == ["after"]

    trio(story)
