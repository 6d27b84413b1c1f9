"""Messages that vanish by themselves: how a dialog is set to it, and what its messages then bear."""

from conftest import refused

DAY = 86400


def test_a_dialog_forgets(trio):
    async def story(world, ann, bob, _):
        kept = await ann.call("send", peer=bob.id, text="to keep")
        assert kept["ttl"] is None
        await ann.invoke("messages.setHistoryTTL", peer=bob.id, period=DAY)
        assert (await bob.notice("messageActionSetMessagesTTL", ann.id)).action.period == DAY
        sent = await bob.call("send", peer=ann.id, text="for a day")
        [shown] = [m for m in await bob.call("history", peer=ann.id, limit=1) if m["id"] == sent["id"]]
        assert shown["ttl"] == DAY, "it binds both"
        assert (await ann.dialog(bob.id)).ttl_period == DAY
        for period in (5, -1, 800 * DAY):
            with refused("TTL_PERIOD_INVALID"):
                await ann.invoke("messages.setHistoryTTL", peer=bob.id, period=period)
        await bob.invoke("messages.setHistoryTTL", peer=ann.id, period=0)
        with refused("CHAT_NOT_MODIFIED"):
            await bob.invoke("messages.setHistoryTTL", peer=ann.id, period=0)

    trio(story)


def test_a_group_forgets(trio):
    async def story(world, ann, bob, _):
        group = await world.supergroup(ann, bob)
        with refused("CHAT_ADMIN_REQUIRED"):
            await bob.invoke("messages.setHistoryTTL", peer=group, period=7 * DAY)
        await ann.invoke("messages.setHistoryTTL", peer=group, period=7 * DAY)
        assert (await bob.notice("messageActionSetMessagesTTL", group)).action.period == 7 * DAY
        assert (await bob.full(group)).ttl_period == 7 * DAY
        await bob.call("send", peer=group, text="for a week")
        assert (await ann.event("new_message", peer=group, text="for a week"))["ttl"] == 7 * DAY

    trio(story)


def test_new_dialogs_begin_with_it(trio):
    async def story(world, ann, *_):
        await ann.invoke("messages.setDefaultHistoryTTL", period=DAY)
        assert (await ann.invoke("messages.getDefaultHistoryTTL")).period == DAY
        await ann.invoke("messages.setDefaultHistoryTTL", period=0)
        assert (await ann.invoke("messages.getDefaultHistoryTTL")).period == 0

    trio(story)
