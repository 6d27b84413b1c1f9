"""Reports: the tree of options, the case number, what may not be reported, and the form for people without an account."""

import json
import re
import urllib.error
import urllib.parse
import urllib.request

from conftest import refused


async def notices(who):
    await who.call("dialogs")  # so that the library knows the account
    page = await who.invoke("messages.getHistory", peer=777000, limit=100)
    return [m.message for m in page.messages]


async def choose(who, peer, ids, *texts, comment=""):
    """Follows the tree by what it shows; gives the last answer."""
    answer = await who.invoke("messages.report", peer=peer, id=ids, option=b"", message="")
    for text in texts:
        assert answer._ == "reportResultChooseOption", answer
        [option] = [o.option for o in answer.options if o.text == text]
        answer = await who.invoke("messages.report", peer=peer, id=ids, option=option, message="")
    if answer._ == "reportResultAddComment":
        answer = await who.invoke("messages.report", peer=peer, id=ids, option=answer.option, message=comment)
    return answer


def test_a_post_is_reported_in_plain_words(trio):
    async def story(world, ann, bob, _):
        news = await world.public_channel(ann, f"reported_{ann.library}")
        await bob.call("join", username=f"reported_{ann.library}")
        post = await ann.call("send", peer=news, text="look what I have")
        answer = await choose(bob, news, [post["id"]], "Illegal goods or services", "Drugs", comment="pills")
        assert answer._ == "reportResultReported"
        told = [text for text in await notices(bob) if "Thank you for your report" in text]
        assert re.search(r"it is case \d+\.", told[0])
        assert await choose(bob, news, [post["id"]], "Spam")
        assert len([t for t in await notices(bob) if "Thank you for your report" in t]) == len(told), "one report"

        with refused("OPTION_INVALID"):
            await bob.invoke("messages.report", peer=news, id=[post["id"]], option=b"1:nothing", message="")
        with refused("MESSAGE_ID_INVALID"):
            await choose(bob, news, [post["id"] + 100], "Spam")
        with refused("MESSAGE_ID_INVALID"):
            await choose(ann, news, [post["id"]], "Spam")

    trio(story)


def test_people_chats_and_spam_are_reported(trio):
    async def story(world, ann, bob, eve):
        await world.friends(ann, bob)
        await ann.call("send", peer=bob.user["id"], text="buy this")
        reason = {"_": "inputReportReasonSpam"}
        before = len(await notices(bob))
        assert await bob.invoke("account.reportPeer", peer=ann.user["id"], reason=reason, message="spam")
        assert await bob.invoke("messages.reportSpam", peer=ann.user["id"])
        assert len(await notices(bob)) == before + 1, "it is one case"
        with refused("PEER_ID_INVALID"):
            await bob.invoke("account.reportPeer", peer=777000, reason=reason, message="")

        group = await world.supergroup(ann, bob)
        said = await bob.call("send", peer=group, text="cheap cheap")
        assert await ann.invoke("channels.reportSpam", channel=group, participant=bob.user["id"], id=[said["id"]])
        with refused("CHAT_ADMIN_REQUIRED"):
            await bob.invoke("channels.reportSpam", channel=group, participant=ann.user["id"], id=[said["id"]])
        with refused("MESSAGE_ID_INVALID"):
            await ann.invoke("channels.reportAntiSpamFalsePositive", channel=group, msg_id=said["id"])

    trio(story)


def ask(server, path, body=None, headers=None):
    request = urllib.request.Request(server.url(path), body, headers or {})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_somebody_without_an_account_reports(shared_server, scenario):
    async def story(world):
        ann = await world.person("telethon", "Ann")
        news = await world.public_channel(ann, "reported_form")
        post = await ann.call("send", peer=news, text="look what I have")
        status, page = ask(shared_server, "/report?location=@reported_form")
        assert status == 200 and "<script" not in page
        fields = {"location": f"https://t.me/reported_form/{post['id']}", "option": "goods/drugs", "reason": "It sells.",
                  "name": "A Reader", "email": "reader@example.org", "good_faith": "yes"}
        status, page = ask(shared_server, "/report", urllib.parse.urlencode(fields).encode())
        assert status == 200, page
        receipt = re.search(r'id="receipt">([0-9a-f]+)<', page)[1]
        status, state = ask(shared_server, f"/api/public/notices/{receipt}")
        assert (status, json.loads(state)["state"]) == (200, "waiting")
        assert ask(shared_server, "/api/public/notices/00")[0] == 404
        body = json.dumps({**fields, "good_faith": False}).encode()
        status, problem = ask(shared_server, "/api/public/notices", body, {"Content-Type": "application/json"})
        assert (status, json.loads(problem)["code"]) == (400, "NOTICE_GOOD_FAITH_MISSING")
        status, problem = ask(shared_server, "/api/public/notices", json.dumps({**fields, "good_faith": True}).encode(),
                              {"Authorization": "Bearer guess"})
        assert (status, json.loads(problem)["code"]) == (403, "FLAGGER_UNKNOWN")

    scenario(story)


def test_a_flagger_and_an_authority(own_server, scenario):
    own_server.start()
    flag = own_server.run("flagger", "add", "--name", "hotline").stdout.strip()
    order = own_server.run("flagger", "add", "--name", "police", "--authority").stdout.strip()

    async def story(world):
        ann = await world.person("telethon", "Ann")
        await world.public_channel(ann, "reported_by_law")
        body = json.dumps({"location": "@reported_by_law", "option": "terrorism", "reason": "It recruits."}).encode()

        def tell(token):
            status, text = ask(own_server, "/api/public/notices", body, {"Authorization": f"Bearer {token}"})
            return status, json.loads(text)

        status, first = tell(flag)
        assert status == 201
        status, second = tell(order)
        assert (status, second["case"]) == (201, first["case"]), "it is one case"
        listed = own_server.run("flagger", "list").stdout
        assert "hotline\tflagger" in listed and "police\tauthority" in listed and flag not in listed
        own_server.run("flagger", "disable", "hotline")
        assert tell(flag)[1]["code"] == "FLAGGER_UNKNOWN"

    scenario(story, own_server)
