"""Pictures made on the spot: with something to see, and nobody in them."""

import numpy
from PIL import Image


def rings(seed, width=900, height=600):
    """Discs of colours over each other, others for every seed."""
    random = numpy.random.default_rng(seed)
    y, x = numpy.mgrid[0:height, 0:width] / height
    picture = numpy.zeros((height, width, 3))
    for _ in range(12):
        cx, cy, size = random.random() * width / height, random.random(), 0.1 + 0.4 * random.random()
        inside = ((x - cx) ** 2 + (y - cy) ** 2 < size ** 2)[..., None]
        picture = numpy.where(inside, random.random(3) * 255, picture * 0.9 + 12 * random.random(3))
    return Image.fromarray(picture.astype(numpy.uint8))


def flat(colour, width=400, height=300):
    return Image.new("RGB", (width, height), colour)


def gradient(width=500, height=300):
    y, x = numpy.mgrid[0:height, 0:width]
    return Image.fromarray(numpy.stack([x * 255 // width, y * 255 // height, (x + y) % 256], -1).astype(numpy.uint8))


def noise(seed=1, width=300, height=300):
    return Image.fromarray(numpy.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=numpy.uint8))


def checks(width=640, height=480):
    y, x = numpy.mgrid[0:height, 0:width]
    return Image.fromarray(((x // 40 + y // 40) % 2 * 255).astype(numpy.uint8)[..., None].repeat(3, 2))


SKIN = (200, 150, 120)


def all_pictures():
    """Name and picture."""
    yield from ((f"rings {seed}", rings(seed)) for seed in range(6))
    yield "rings small", rings(3, 120, 90)
    yield "rings long", rings(4, 1000, 200)
    for name, colour in (("skin", SKIN), ("dark skin", (110, 70, 50)), ("white", (255, 255, 255)), ("black", (0, 0, 0)),
                         ("blue", (30, 60, 200))):
        yield f"flat {name}", flat(colour)
    yield "gradient", gradient()
    yield "noise", noise()
    yield "checks", checks()
