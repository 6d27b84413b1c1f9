"""Albums in channels: one thing for those who look, several messages for those who touch."""

from test_media import png


def test_an_album_is_passed_on_and_taken_apart(trio, tmp_path):
    async def story(world, ann, bob, eve):
        channel = await world.channel(ann, bob)
        paths = [str(tmp_path / f"{i}.png") for i in range(3)]
        for i, path in enumerate(paths):
            open(path, "wb").write(png(300 + i, 200))
        sent = await ann.call("send_album", peer=channel, paths=paths, caption="three")
        assert len({m["album"] for m in sent}) == 1
        await bob.event("new_message", peer=channel, text="three")
        posts = sorted(m["id"] for m in await bob.call("history", peer=channel) if m["album"] == sent[0]["album"])
        assert len(posts) == 3

        passed = await bob.call("forward", peer=eve.id, ids=posts, from_peer=channel)
        assert len({m["album"] for m in passed}) == 1 and passed[0]["album"] != sent[0]["album"]
        await eve.event("new_message", peer=bob.id, text="three")
        await ann.call("delete", peer=channel, ids=posts[1:2])
        await bob.event("delete_messages", ids=posts[1:2])
        left = [m for m in await bob.call("history", peer=channel) if m["album"]]
        assert sorted(m["id"] for m in left) == [posts[0], posts[2]]

    trio(story)
