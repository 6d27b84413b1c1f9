"""The model file that src/safety/scan/model.h describes."""

import struct

FEATURE_VERSION = 4
FEATURE_BITS = 19


def digest(data: bytes) -> int:
    value = 14695981039346656037
    for byte in data:  # slow, and run once
        value = ((value ^ byte) * 1099511628211) & 0xFFFFFFFFFFFFFFFF
    return value


def write(path, name, categories, weights):
    """categories: list of (name, scale, bias, slope, offset); weights: int8 array [2^bits, len(categories)]."""
    out = bytearray(b"HGM1")
    encoded = name.encode()
    out += struct.pack("<IIII", FEATURE_VERSION, FEATURE_BITS, len(categories), len(encoded)) + encoded
    for category, scale, bias, slope, offset in categories:
        encoded = category.encode()
        out += struct.pack("<I", len(encoded)) + encoded + struct.pack("<ffff", scale, bias, slope, offset)
    data = weights if isinstance(weights, bytes) else weights.tobytes()
    assert len(data) == (1 << FEATURE_BITS) * len(categories)
    out += data
    out += struct.pack("<Q", digest(bytes(out)))
    path.write_bytes(bytes(out))
