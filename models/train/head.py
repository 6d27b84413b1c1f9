"""The trained part of the second stage, as src/encoder/head.h has it: two products, learned with Adam (Kingma and Ba 2015)."""

import hashlib
import struct

import numpy as np
from scipy.special import erf, expit

HIDDEN, EPOCHS, BATCH, RATE, DROP = 128, 10, 256, 1e-3, 0.2
BLOCK, MOST = 32, 63


def gelu(x):
    return 0.5 * x * (1 + erf(x / np.sqrt(2)))


def gelu_slope(x):
    return 0.5 * (1 + erf(x / np.sqrt(2))) + x * np.exp(-x * x / 2) / np.sqrt(2 * np.pi)


class Head:
    def __init__(self, some, outputs, seed):
        rng = np.random.default_rng(seed)
        self.mean, self.spread = some.mean(0), some.std(0) + 1e-3
        self.p = [rng.normal(0, 0.02, (some.shape[1], HIDDEN)).astype(np.float32), np.zeros(HIDDEN, np.float32),
                  rng.normal(0, 0.05, (HIDDEN, outputs)).astype(np.float32), np.full(outputs, -3, np.float32)]

    def margins(self, features):
        x = (features.astype(np.float32) - self.mean) / self.spread
        return gelu(x @ self.p[0] + self.p[1]) @ self.p[2] + self.p[3]

    def slopes(self, features, labels, weights, rng):
        """Of the cross-entropy, weighted, after some features and hidden values were dropped; and its value."""
        x = (features.astype(np.float32) - self.mean) / self.spread
        x *= (rng.random(x.shape, np.float32) > DROP) / np.float32(1 - DROP)
        a = x @ self.p[0] + self.p[1]
        left = (rng.random(a.shape, np.float32) > DROP) / np.float32(1 - DROP)
        h = gelu(a) * left
        z = h @ self.p[2] + self.p[3]
        total = max(weights.sum(), 1)
        dz = weights * (expit(z) - labels) / total
        da = (dz @ self.p[2].T) * left * gelu_slope(a)
        value = float((weights * (np.logaddexp(0, z) - labels * z)).sum() / total)
        return [x.T @ da, da.sum(0), h.T @ dz, dz.sum(0)], value


def fit(features, labels, weights, seed=5, tell=print):
    """`weights` 0: nobody has said whether the label holds."""
    rng = np.random.default_rng(seed)
    head = Head(features[:20_000].astype(np.float32), labels.shape[1], seed)
    first, second = [np.zeros_like(p) for p in head.p], [np.zeros_like(p) for p in head.p]
    steps, done = EPOCHS * (len(features) // BATCH), 0
    for epoch in range(EPOCHS):
        order, losses = rng.permutation(len(features)), []
        for at in range(0, len(features) - BATCH + 1, BATCH):
            part = order[at:at + BATCH]
            slopes, value = head.slopes(features[part], labels[part], weights[part], rng)
            losses.append(value)
            done += 1
            # A warm-up, then down to nothing.
            rate = RATE * min(1, done / (0.06 * steps)) * max(0.02, 1 - done / steps)
            for p, m, v, slope in zip(head.p, first, second, slopes):
                m += 0.1 * (slope - m)
                v += 0.001 * (slope * slope - v)
                p -= (rate * (m / (1 - 0.9 ** done)) / (np.sqrt(v / (1 - 0.999 ** done)) + 1e-8)).astype(np.float32)
        tell("epoch", epoch + 1, "loss", round(float(np.mean(losses)), 4), flush=True)
    return head


def packed(matrix):
    """Blocks of 32 bytes with a scale."""
    rows = np.ascontiguousarray(matrix, np.float32).reshape(-1, BLOCK)
    scale = np.maximum(np.abs(rows).max(axis=1) / MOST, 6e-8).astype(np.float16)
    out = np.empty(len(rows), np.dtype([("scale", "<f2"), ("bytes", "i1", BLOCK)]))
    out["scale"] = scale
    out["bytes"] = np.clip(np.round(rows / scale.astype(np.float32)[:, None]), -MOST, MOST)
    return out.tobytes()


def text(value):
    return struct.pack("<I", len(value.encode())) + value.encode()


def write(path, version, weights, head, categories):
    """`weights`: the encoder's file; categories: (name, slope, offset)."""
    # The features' scale goes into the first product.
    first = (head.p[0] / head.spread[:, None]).T
    bias = head.p[1] - first @ head.mean
    out = b"HGE1" + text(version) + hashlib.sha256(open(weights, "rb").read()).digest()
    out += struct.pack("<I", HIDDEN) + packed(first) + bias.astype(np.float32).tobytes()
    out += struct.pack("<I", len(categories)) + packed(head.p[2].T) + head.p[3].astype(np.float32).tobytes()
    for name, slope, offset in categories:
        out += text(name) + struct.pack("<ff", slope, offset)
    path.write_bytes(out)
