"""Any method by the schema's own names, as schema.mjs has it, for Telethon."""

import datetime
import inspect
import random
import re

from telethon import functions, types, utils

INPUT_PEERS = {"InputPeer": utils.get_input_peer, "InputUser": utils.get_input_user,
               "InputChannel": utils.get_input_channel}
PEERS = {"PeerUser": types.PeerUser, "PeerChat": types.PeerChat, "PeerChannel": types.PeerChannel}
ABSENT = {int: 0, str: "", bytes: b"", bool: False, float: 0.0}


def find(name):
    """The class for a method or constructor; None if this layer has none."""
    *space, last = name.split(".")
    last = last[0].upper() + last[1:]
    for where, suffix in ((functions, "Request"), (types, "")):
        for part in space:
            where = getattr(where, part, None)
        if found := getattr(where, last + suffix, None):
            return found
    return None


def absent(name, annotation, kind, given):
    if name == "random_id":
        return None if "id" not in given else [random.getrandbits(62) for _ in given["id"]]
    if "List[" in str(annotation):
        return []
    if annotation in ABSENT:
        return ABSENT[annotation]
    if "datetime" in str(annotation):
        return None
    if empty := kind and find(kind + "Empty"):
        return empty()
    raise ValueError(f"{name} is missing")


async def one(client, value, kind):
    if isinstance(value, list):
        return [await one(client, v, kind) for v in value]
    if kind in INPUT_PEERS and not isinstance(value, dict):
        return INPUT_PEERS[kind](await client.get_input_entity(value))
    if isinstance(value, dict):
        if "_" in value:
            return await build(client, **value)
        return int(value["$long"]) if "$long" in value else bytes.fromhex(value["$bytes"])
    return value


async def build(client, _, **given):
    made = find(_)
    if made is None:
        raise ValueError(f"this library's layer has no {_}")
    values = {}
    for name, parameter in inspect.signature(made).parameters.items():
        kind = (re.search(r"Type(\w+)", str(parameter.annotation)) or [None, None])[1]
        value = given.pop(name, None)
        if value is not None:
            values[name] = await one(client, value, kind)
        elif parameter.default is parameter.empty:
            values[name] = absent(name, parameter.annotation, kind, given)
    if given:
        raise ValueError(f"in this library's layer {_} has no {', '.join(given)}")
    return made(**values)


def plain(value):
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, bytes):
        return {"$bytes": value.hex()}
    if isinstance(value, datetime.datetime):
        return int(value.timestamp())
    if hasattr(value, "to_dict"):
        value = value.to_dict()
    if isinstance(value, dict):
        name = value["_"]
        if name in PEERS:
            return utils.get_peer_id(PEERS[name](*(v for k, v in value.items() if k != "_")))
        return {k: name[0].lower() + name[1:] if k == "_" else plain(v) for k, v in value.items()}
    return value
