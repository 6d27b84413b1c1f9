"""A conversation that is longer than anybody here can write: years of messages in a stopped server's store."""

import sqlite3

WORDS = ("morning", "train", "garden", "window", "letter", "paper", "river", "market", "kettle", "bridge", "lantern", "harbour")


def text_of(number):
    """Says which it is; as long as people's messages are: mostly a line, now and then many."""
    length = (5, 9, 14, 7, 30, 11, 4, 60, 8, 18)[number % 10] + (200 if number % 97 == 0 else 0)
    return f"line {number}: " + " ".join(WORDS[(number * 7 + word * 5) % len(WORDS)] for word in range(length))


def fill(server, peer, count, first, last):
    """Puts `count` messages behind those that a supergroup has, in turn by everybody who has written in it, at even
    distances from `first` to `last` (Unix time). Numbers are from 0 on; gives back the id of number 0."""
    box = peer + 1000000000000  # of a channel: minus its number
    with sqlite3.connect(server.data / "store.sqlite") as database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(messages)")]
        written = f"SELECT {', '.join(columns)} FROM messages WHERE owner = ? AND kind = 0 AND text != '' GROUP BY from_user"
        patterns = [dict(zip(columns, row)) for row in database.execute(written, (box,))]
        top, = database.execute("SELECT last_message FROM boxes WHERE account = ?", (box,)).fetchone()
        # What is there already is as old as the oldest.
        database.execute("UPDATE messages SET date = ? WHERE owner = ?", (first, box))

        def rows():
            for number in range(count):
                key = (box << 31) + top + 1 + number
                # A run of a few by one person, as people write.
                pattern = patterns[number // 3 % len(patterns)]
                yield tuple({**pattern, "key": key, "link": -key, "random_id": 0, "text": text_of(number),
                             "date": first + (last - first) * number // count}.values())

        database.executemany(f"INSERT INTO messages ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", rows())
        database.execute("UPDATE boxes SET last_message = ? WHERE account = ?", (top + count, box))
    return top + 1


def has_read(server, account, peer, id):
    """As if `account` had left off at this message."""
    with sqlite3.connect(server.data / "store.sqlite") as database:
        changed = database.execute("UPDATE dialogs SET read_inbox_max_id = ? WHERE owner = ? AND peer = ?",
                                   (id, account, (-1000000000000 - peer) * 4 + 3))
        assert changed.rowcount == 1
