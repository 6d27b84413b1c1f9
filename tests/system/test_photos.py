"""Pictures of people and of chats."""

from test_media import png


async def uploaded(who, path):
    content = path.read_bytes()
    await who.invoke("upload.saveFilePart", file_id=21, file_part=0, bytes=content)
    return {"_": "inputFile", "id": 21, "parts": 1, "name": path.name, "md5_checksum": ""}


def test_a_person_has_several(trio, tmp_path):
    async def story(world, ann, bob, _):
        made = []
        for i in range(2):
            path = tmp_path / f"{i}.png"
            path.write_bytes(png(400 + i, 300))
            made.append((await ann.invoke("photos.uploadProfilePhoto", file=await uploaded(ann, path))).photo)

        async def seen():
            found = await bob.invoke("photos.getUserPhotos", user_id=ann.id, limit=10)
            [user] = await bob.invoke("users.getUsers", id=[ann.id])
            return [p.id for p in found.photos], user.photo and user.photo.photo_id

        assert await seen() == ([made[1].id, made[0].id], made[1].id)

        def named(photo):
            return {"_": "inputPhoto", "id": photo.id, "access_hash": photo.access_hash,
                    "file_reference": photo.file_reference}

        await ann.invoke("photos.updateProfilePhoto", id=named(made[0]))
        assert (await seen())[1] == made[0].id
        deleted = await ann.invoke("photos.deletePhotos", id=[named(p) for p in made])
        assert set(deleted) == {p.id for p in made}
        assert await seen() == ([], None)

    trio(story)


def test_a_chat_has_one(trio, tmp_path):
    async def story(world, ann, bob, _):
        (tmp_path / "chat.png").write_bytes(png(400, 400))
        supergroup, group = await world.supergroup(ann, bob), await world.group(ann, bob)
        await ann.invoke("channels.editPhoto", channel=supergroup, photo={
            "_": "inputChatUploadedPhoto", "file": await uploaded(ann, tmp_path / "chat.png")})
        assert (await bob.notice("messageActionChatEditPhoto", supergroup)).action.photo.sizes
        shown = (await bob.full(supergroup)).chat_photo
        [chat] = (await bob.invoke("channels.getChannels", id=[supergroup])).chats
        assert chat.photo.photo_id == shown.id
        await ann.invoke("channels.editPhoto", channel=supergroup, photo={"_": "inputChatPhotoEmpty"})
        await bob.notice("messageActionChatDeletePhoto", supergroup)
        assert (await bob.full(supergroup)).chat_photo._ == "photoEmpty"

        await ann.invoke("messages.editChatPhoto", chat_id=-group, photo={
            "_": "inputChatUploadedPhoto", "file": await uploaded(ann, tmp_path / "chat.png")})
        assert (await bob.notice("messageActionChatEditPhoto", group)).action.photo.id

    trio(story)
