"""Giving a channel away: what it takes. (A password a week old is more than a test can have.)"""

import contextlib

from conftest import RpcError, refused


def give(who, chat, user):
    request = {"user_id": user.id, "password": {"_": "inputCheckPasswordEmpty"}}
    if who.library == "telethon":  # its layer has this in place of the other
        return who.invoke("messages.editChatCreator", peer=chat, **request)
    return who.invoke("channels.editCreator", channel=chat, **request)


def test_a_channel_is_not_given_away_lightly(trio):
    async def story(world, ann, bob, eve):
        channel = await world.channel(ann, bob)
        with contextlib.suppress(RpcError):  # of an earlier story
            await ann.call("set_password", new=None, current="correct horse")
        with refused("PASSWORD_MISSING"):
            await give(ann, channel, bob)
        await ann.call("set_password", new="correct horse")
        with refused(r"PASSWORD_TOO_FRESH_6\d{5}"):
            await give(ann, channel, bob)
        with refused("CHAT_ADMIN_REQUIRED"):
            await give(bob, channel, bob)
        with refused("PARTICIPANT_MISSING|USER_NOT_PARTICIPANT"):
            await give(ann, channel, eve)
        creators = await ann.invoke("channels.getParticipants", channel=channel, limit=10,
                                    filter={"_": "channelParticipantsAdmins"})
        assert [(p._, p.user_id) for p in creators.participants] == [("channelParticipantCreator", ann.id)]

    trio(story)
