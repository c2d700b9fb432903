# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal as anybody may read it: by SQL, with nothing of the program's own code."""
import json
import sqlite3
import time


class Journal:
    def __init__(self, path):
        self.path = path
        self._db = None

    def rows(self, text, *values):
        if self._db is None:
            self._db = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=10, isolation_level=None)
        return self._db.execute(text, values).fetchall()

    def ask(self, text, *values):
        rows = self.rows(text, *values)
        return rows[0][0] if rows else None

    def last(self):
        return self.ask("select coalesce(max(seq), 0) from events")

    def since(self, seq):
        """Events after `seq`: (seq, kind, payload, actor)."""
        return [(row[0], row[1], json.loads(row[2]), row[3]) for row in
                self.rows("select seq, kind, payload, actor from events where seq > ? order by seq", seq)]

    def first_since(self, seq, seconds, suits):
        """The first event after `seq` that suits, waiting for it; None: it doesn't come."""
        until = time.monotonic() + seconds
        while True:
            for event in self.since(seq):
                seq = event[0]
                if suits(event[1], event[2], event[3]):
                    return event
            if time.monotonic() > until:
                return None
            time.sleep(0.02)

    def of_ticket(self, ticket, kind=None):
        return [(row[0], row[1], json.loads(row[2]), row[3]) for row in self.rows(
            "select seq, kind, payload, actor from events where json_extract(payload, '$.ticket') = ? order by seq", ticket)
            if kind is None or row[1] == kind]
