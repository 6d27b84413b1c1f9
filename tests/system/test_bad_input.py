"""What communities are not to be harmed by, through the front door: the protocol's own error, nothing half made.

Hostile pictures are in test_media.py, ten thousand pins in src/services/groups/many_pins_test.cc, who may do what in
src/services/groups/who_may_test.cc.
"""

from conftest import refused

CYRILLIC_A = "\N{CYRILLIC SMALL LETTER A}"


def test_names_that_mislead(trio):
    async def story(world, ann, *_):
        group = await world.supergroup(ann)
        names = {"supp0rt": "USERNAME_OCCUPIED", "teIegram": "USERNAME_OCCUPIED", "adm1n": "USERNAME_OCCUPIED",
                 "rnoderator": "USERNAME_OCCUPIED", "news_bot": "USERNAME_OCCUPIED",
                 f"p{CYRILLIC_A}ypal": "USERNAME_INVALID", "a\N{ZERO WIDTH JOINER}bcdef": "USERNAME_INVALID",
                 "four": "USERNAME_INVALID", "x" * 33: "USERNAME_INVALID", "two__lines": "USERNAME_INVALID"}
        for name, error in names.items():
            with refused(error):
                await ann.invoke("account.updateUsername", username=name)
            with refused(error):
                await ann.invoke("channels.updateUsername", channel=group, username=name)
        assert not (await ann.invoke("users.getFullUser", id=ann.id)).users[0].username
        with refused("USERNAME_NOT_OCCUPIED"):
            await ann.invoke("contacts.resolveUsername", username="supp0rt")

    trio(story)


def test_links_that_go_in_circles(trio):
    async def story(world, ann, bob, _):
        news, more = await world.channel(ann, bob), await world.channel(ann)
        talk, side = await world.supergroup(ann), await world.supergroup(ann)

        async def link(channel, group, who=ann):
            return await who.invoke("channels.setDiscussionGroup", broadcast=channel, group=group)

        await link(news, talk)
        with refused("MEGAGROUP_ID_INVALID"):  # it discusses another one
            await link(more, talk)
        for channel, group, error in ((talk, news, "BROADCAST_ID_INVALID"), (talk, side, "BROADCAST_ID_INVALID"),
                                      (news, more, "MEGAGROUP_ID_INVALID"), (news, news, "MEGAGROUP_ID_INVALID"),
                                      (news, talk, "LINK_NOT_MODIFIED")):
            with refused(error):
                await link(channel, group)
        with refused("CHAT_ADMIN_REQUIRED"):
            await link(news, {"_": "inputChannelEmpty"}, bob)
        assert (await ann.full(news)).linked_chat_id == -1000000000000 - talk
        assert (await ann.full(talk)).linked_chat_id == -1000000000000 - news
        for peer in (more, side):
            assert not (await ann.full(peer)).linked_chat_id
        await ann.call("send", peer=news, text="once")
        await ann.event("updateNewChannelMessage", message="once", peer_id=talk)
        assert [m["text"] for m in await ann.call("history", peer=talk)].count("once") == 1

    trio(story)


def test_a_poll_with_a_thousand_answers(trio):
    async def story(world, ann, bob, _):
        group = await world.supergroup(ann, bob)
        before = (await ann.full(group)).pts
        for count in (0, 1, 13, 1000):
            answers = [{"_": "pollAnswer", "text": {"_": "textWithEntities", "text": f"{i}", "entities": []},
                        "option": i.to_bytes(2)} for i in range(count)]
            poll = {"_": "poll", "id": 0, "question": {"_": "textWithEntities", "text": "?", "entities": []},
                    "answers": answers}
            with refused("POLL_ANSWERS_INVALID"):
                await ann.invoke("messages.sendMedia", peer=group, message="", random_id=count + 1,
                                 media={"_": "inputMediaPoll", "poll": poll})
        assert (await ann.full(group)).pts == before

    trio(story)


def test_parts_that_cannot_be(trio):
    async def story(world, ann, *_):
        cases = ((-1, b"x", "FILE_PART_INVALID"), (4000, b"x", "FILE_PART_INVALID"),
                 (2**31 - 1, b"x", "FILE_PART_INVALID"), (0, b"", "FILE_PART_EMPTY"),
                 (0, b"x" * (512 * 1024 + 1), "FILE_PART_TOO_BIG"))
        for part, content, error in cases:
            with refused(error):
                await ann.invoke("upload.saveFilePart", file_id=21, file_part=part, bytes=content)
        for part, total, error in ((5, 5, "FILE_PART_INVALID"), (0, -2, "FILE_PARTS_INVALID"),
                                   (0, 2**31 - 1, "FILE_PARTS_INVALID")):
            with refused(error):
                await ann.invoke("upload.saveBigFilePart", file_id=22, file_part=part, file_total_parts=total, bytes=b"x")
        for file in (21, 22):  # nothing of it is there
            with refused("FILE_PART_0_MISSING"):
                await ann.invoke("messages.uploadMedia", peer={"_": "inputPeerSelf"}, media={
                    "_": "inputMediaUploadedDocument", "mime_type": "text/plain", "attributes": [],
                    "file": {"_": "inputFile", "id": file, "parts": 1, "name": "x", "md5_checksum": ""}})

    trio(story)
