"""What one wants to be told of, dialog by dialog and kind by kind."""

FOREVER = 2147483647


def test_a_dialog_is_muted(trio):
    async def story(world, ann, bob, _):
        group = await world.supergroup(ann, bob)
        here = {"_": "inputNotifyPeer", "peer": group}

        async def set_to(peer, **settings):
            assert await ann.invoke("account.updateNotifySettings", peer=peer,
                                    settings={"_": "inputPeerNotifySettings", **settings})

        await set_to(here, mute_until=FOREVER, silent=True)
        found = await ann.invoke("account.getNotifySettings", peer=here)
        assert found.mute_until == FOREVER and found.silent
        assert (await ann.dialog(group)).notify_settings.mute_until == FOREVER
        assert (await ann.full(group)).notify_settings.mute_until == FOREVER
        assert not (await bob.dialog(group)).notify_settings.mute_until, "each has their own"
        exceptions = await ann.invoke("account.getNotifyExceptions")
        assert group in [u.peer.peer for u in exceptions.updates if u._ == "updateNotifySettings"]

        await set_to(here, mute_until=0)
        assert not (await ann.dialog(group)).notify_settings.mute_until

    trio(story)


def test_whole_kinds_are_muted_and_all_is_reset(trio):
    async def story(world, ann, *_):
        for kind in ("inputNotifyUsers", "inputNotifyChats", "inputNotifyBroadcasts"):
            await ann.invoke("account.updateNotifySettings", peer={"_": kind}, settings={
                "_": "inputPeerNotifySettings", "show_previews": False, "mute_until": FOREVER})
            found = await ann.invoke("account.getNotifySettings", peer={"_": kind})
            assert found.mute_until == FOREVER and found.show_previews is False
        await ann.invoke("account.resetNotifySettings")
        found = await ann.invoke("account.getNotifySettings", peer={"_": "inputNotifyUsers"})
        assert not found.mute_until

    trio(story)
