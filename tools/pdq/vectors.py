"""Prints PDQ hashes of pictures that are made here, as an implementation that is not ours (PyPI pdqhash) has them.

    pip install pdqhash==0.2.8 && python3 tools/pdq/vectors.py > src/images/testing/pdq_vectors.txt

A line: picture, width, height, quality, and the hashes of the picture as it is and in its seven other positions.
src/images/pdq_test.cc makes the same pictures, and compares.
"""

import numpy
import pdqhash


def gradient(x, y, w, h):
    # A sum of something along x and something along y would have no waves that PDQ looks at.
    return 255 * x * y // (w * h), 255 * (w - x) * y // (w * h), 128


def checks(x, y, w, h):
    value = (x // 7 + y // 11) % 2 * 255
    return value, value, value


def shapes(x, y, w, h):
    if (4 * x - w) ** 2 + (4 * y - h) ** 2 < w * h:
        return 230, 40, 60
    if 2 * x > w and 3 * y > h and 5 * x < 4 * w:
        return 20, 160, 90
    return (250, 250, 240) if x + y < w else (90, 110, 200)


def waves(x, y, w, h):
    value = x * x // 37 + y * y // 53 + x * y // 29
    return value % 256, (value + 2 * x) % 256, (value // 3) % 256


class Noise:
    def __init__(self):
        self.state = 1

    def __call__(self, x, y, w, h):
        out = []
        for _ in range(3):
            self.state = (self.state * 1103515245 + 12345) & 0x7FFFFFFF
            out.append(self.state >> 16 & 255)
        return tuple(out)


def picture(name, w, h):
    make = Noise() if name == "noise" else globals()[name]
    return numpy.array([[make(x, y, w, h) for x in range(w)] for y in range(h)], dtype=numpy.uint8)


def text(vector):
    return numpy.packbits(vector.astype(numpy.uint8)).tobytes().hex()


def main():
    for name in ("gradient", "checks", "shapes", "waves", "noise"):
        for w, h in ((64, 64), (65, 64), (100, 130), (128, 128), (200, 77), (512, 384), (640, 481), (1000, 31), (5, 5), (4, 90)):
            hashes, quality = pdqhash.compute_dihedral(picture(name, w, h))
            print(name, w, h, quality, *map(text, hashes))


if __name__ == "__main__":
    main()
