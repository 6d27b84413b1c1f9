"""Folders and the archive, across people, groups and channels."""


def peers(*ids):
    return [{"_": "inputDialogPeer", "peer": id} for id in ids]


async def folder(who, id, title, *include, **rules):
    made = {"_": "dialogFilter", "id": id, "title": {"_": "textWithEntities", "text": title, "entities": []},
            "include_peers": [], "pinned_peers": [], "exclude_peers": [], **rules}
    await who.invoke("messages.updateDialogFilter", id=id, filter={**made, "include_peers": list(include)})


async def folders(who):
    answer = await who.invoke("messages.getDialogFilters")
    filters = answer.filters if isinstance(answer, dict) else answer
    return {f.id: f for f in filters if f._ == "dialogFilter"}


async def listed(who, folder):
    page = await who.invoke("messages.getDialogs", folder_id=folder, limit=100)
    return {d.peer: d for d in page.dialogs if d._ == "dialog"}


def test_folders_hold_all_kinds(trio):
    async def story(world, ann, bob, _):
        channel, group = await world.channel(ann, bob), await world.group(ann, bob)
        await folder(ann, 2, "Work", bob.id, group, channel)
        await folder(ann, 3, "Groups", groups=True, exclude_peers=[group])
        found = await folders(ann)
        assert found[2].title.text == "Work" and len(found[2].include_peers) == 3
        assert found[3].groups and len(found[3].exclude_peers) == 1
        await ann.invoke("messages.updateDialogFiltersOrder", order=[3, 2])
        assert list(await folders(ann)) == [3, 2]
        for id in (2, 3):
            await ann.invoke("messages.updateDialogFilter", id=id)
        assert await folders(ann) == {}

    trio(story)


def test_the_archive(trio):
    async def story(world, ann, bob, _):
        channel, group = await world.channel(ann, bob), await world.group(ann, bob)
        both = [{"_": "inputFolderPeer", "peer": peer, "folder_id": 1} for peer in (channel, group)]
        await ann.invoke("folders.editPeerFolders", folder_peers=both)
        archived = await listed(ann, 1)
        assert {channel, group} <= archived.keys() and all(d.folder_id == 1 for d in archived.values())
        assert not {channel, group} & (await listed(ann, 0)).keys()
        await ann.invoke("messages.toggleDialogPin", peer=peers(group)[0], pinned=True)
        pinned = await ann.invoke("messages.getPinnedDialogs", folder_id=1)
        assert [d.peer for d in pinned.dialogs] == [group]
        await ann.invoke("messages.toggleDialogPin", peer=peers(group)[0])
        await ann.invoke("folders.editPeerFolders", folder_peers=[{**one, "folder_id": 0} for one in both])
        assert {channel, group} <= (await listed(ann, 0)).keys()

    trio(story)
