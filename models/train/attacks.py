"""Disguises, for training and for judging. Written beside the canonical form by the same hand: results on them are
an upper bound."""

import random

LEET = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "5$", "t": "7", "l": "1", "b": "8", "g": "9"}
LIKE = {
    "a": "аɑα", "c": "сϲ", "e": "еҽ", "i": "іι", "j": "ј", "o": "оοօ", "p": "рρ", "s": "ѕ", "x": "хχ", "y": "уү",
    "h": "һ", "d": "ԁ", "w": "ԝ", "n": "ո", "u": "ս", "v": "ѵν", "k": "κ", "m": "м", "t": "т",
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "к": "k", "м": "m", "і": "i", "в": "b",
}
ZERO = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"]


def per_letter(text, table, share, rng):
    return "".join(rng.choice(table[c]) if c in table and rng.random() < share else c for c in text.lower())


def leet(text, rng):
    return per_letter(text, LEET, 0.6, rng)


def homoglyph(text, rng):
    return per_letter(text, LIKE, 0.6, rng)


def zero_width(text, rng):
    return "".join(c + (rng.choice(ZERO) if c.isalpha() and rng.random() < 0.5 else "") for c in text)


def spaced(text, rng):
    return " ".join(text)


def dotted(text, rng):
    return " ".join(".".join(word) for word in text.split())


def repeated(text, rng):
    return "".join(c * rng.choice([1, 1, 2, 3, 4]) if c.isalpha() else c for c in text)


def fullwidth(text, rng):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


ALL = {"leet": leet, "homoglyph": homoglyph, "zero-width": zero_width, "spaced": spaced, "dotted": dotted,
       "repeated": repeated}


def some(text, rng):
    return ALL[rng.choice(sorted(ALL))](text, rng)


def make_rng(seed):
    return random.Random(seed)
