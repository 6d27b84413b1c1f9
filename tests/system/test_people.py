"""People find each other: by number, by username, by joining later."""

import pytest

from conftest import LIBRARIES, RpcError


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_username_leads_to_its_owner(scenario, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        bob = await world.person("telethon", "Bob")
        name = f"ann_of_{library}"
        await ann.call("set_username", username=name)
        found = await bob.call("resolve", username=name.upper())
        assert (found["id"], found["first_name"]) == (ann.user["id"], "Ann")
        assert not found["phone"]
        await bob.call("set_username", username=f"bob_of_{library}")
        found = await ann.call("resolve", username=f"bob_of_{library}")
        assert found["id"] == bob.user["id"]
        with pytest.raises(RpcError):
            await bob.call("set_username", username=name)

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_an_imported_contact_has_the_name_it_was_given(scenario, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        bob = await world.person("telethon", "Bob")
        found = await ann.call("import_contact", phone=bob.phone, first="Robert", last="the Great")
        assert [(u["id"], u["first_name"], u["contact"]) for u in found] == [(bob.user["id"], "Robert", True)]
        assert found[0]["phone"] == bob.phone.lstrip("+")
        back = await bob.call("import_contact", phone=ann.phone, first="Annie")
        assert back[0]["mutual"]

    scenario(story)


@pytest.mark.parametrize("library", LIBRARIES)
def test_who_has_a_number_hears_when_it_joins(scenario, library):
    async def story(world):
        ann = await world.person(library, "Ann")
        phone = world.phone()
        assert await ann.call("import_contact", phone=phone, first="Late", last="Comer") == []
        cid = await world.client("telethon")
        await cid.sign_up(phone, "Cid")
        # GramJS and Telethon raise no new-message event for service messages, so it is looked for in the dialog.
        dialogs = {d["peer"]: d for d in await ann.call("dialogs")}
        assert "ContactSignUp" in (dialogs[cid.user["id"]]["top"]["action"] or "")
        await ann.call("send", peer=cid.user["id"], text="welcome")
        await cid.event("new_message", text="welcome")

    scenario(story)
