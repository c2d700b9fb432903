# SPDX-License-Identifier: GPL-3.0-or-later
"""The stage of a play: the city's own sources, a journal and feeds of its own, a clock that can be set."""
import csv
import json
import os
import pathlib
import random
import re
import subprocess


csv.field_size_limit(1 << 30)  # a table may carry its polygons


class Clock:
    """The wall clock of the programs on the stage: the machine's plus an offset that is read from a file once a second.
    What measures intervals (the monotonic clock) is left alone."""

    library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"

    def __init__(self, folder):
        self.path = pathlib.Path(folder) / "clock"
        self.offset = 0
        self.skip(0)

    def skip(self, seconds):
        self.offset += seconds
        fresh = self.path.with_suffix(".new")
        fresh.write_text(f"{self.offset:+d}\n")
        os.replace(fresh, self.path)

    def environment(self):
        return {"LD_PRELOAD": self.library, "FAKETIME_TIMESTAMP_FILE": str(self.path), "FAKETIME_CACHE_DURATION": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1"}


class Stage:
    def __init__(self, city, out, programs, seed):
        self.city, self.out, self.programs = pathlib.Path(city).resolve(), pathlib.Path(out).resolve(), programs
        self.folder = self.out / "city"
        self.folder.mkdir(parents=True)
        self.draw = random.Random(seed)
        self._write_workspace()
        self.places = self._places()
        self.categories = self._categories()

    def ctl(self, *arguments, environment=None):
        done = subprocess.run([self.programs / "vedettectl", *map(str, arguments)], capture_output=True, text=True,
                              env={**os.environ, **(environment or {})}, check=False)
        if done.returncode:
            raise RuntimeError(f"vedettectl {arguments[0]} {arguments[1:]}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def _write_workspace(self):
        """The same sources, by their full paths. What they say of the city's own journal is left behind."""
        text = (self.city / "workspace.toml").read_text()
        text = re.sub(r'^(\s*(?:source|project|rules)\s*=\s*")(?!/)', rf"\1{self.city}/", text, flags=re.M)
        if "[[feeds]]" not in text:
            text += '\n[[feeds]]\nurl = "ndjson:feed.ndjson"\norders = "ndjson:orders.ndjson"\n'
        (self.folder / "workspace.toml").write_text(text)
        (self.folder / "feed.ndjson").touch()

    def _places(self):
        """Where things happened before: the history's places, as many as are needed, in an order that the seed draws."""
        table = self.out / "history.csv"
        self.ctl("export", self.folder, "incidents", table, "--crs", "EPSG:4326")
        with open(table, encoding="utf-8-sig", newline="") as rows:
            found = [(float(row["lon"]), float(row["lat"]), row["category"]) for row in csv.DictReader(rows)]
        self.draw.shuffle(found)
        return found

    def _categories(self):
        """The catalogue. A city whose own says who leads and no more gets one of its history's categories, with every
        kind of duty among them."""
        rows = self._catalogue()
        if any(row.get("escalation") for row in rows.values()):
            return rows
        lines = ["category,name,lead,joint,priority,accept_min,arrive_min,finish_min,verify_min,review_min,feedback,review_by,escalation"]
        for i, name in enumerate(sorted({category for _, _, category in self.places if category})):
            lines.append(f'"{name}","{name}",officer,officer,{i % 3 + 1},3,{10 + i % 3 * 5},120,5,120,'
                         f'{"result" if i % 4 == 1 else ""},{"second" if i % 4 == 2 else ""},station')
        (self.folder / "duties.csv").write_text("\n".join(lines) + "\n")
        text = (self.folder / "workspace.toml").read_text()
        text = re.sub(r'\[duties\][^\[]*', "", text) + '\n[duties]\nsource = "duties.csv"\n'
        (self.folder / "workspace.toml").write_text(text)
        return self._catalogue()

    def _catalogue(self):
        found = re.search(r'\[duties\]\s*source\s*=\s*"([^"]+)"', (self.folder / "workspace.toml").read_text())
        if not found:
            return {}
        with open(self.folder / found.group(1), encoding="utf-8-sig", newline="") as rows:
            return {row["category"]: row for row in csv.DictReader(rows)}

    def zone(self):
        found = re.search(r'^time_zone\s*=\s*"([^"]+)"', (self.folder / "workspace.toml").read_text(), flags=re.M)
        return found.group(1) if found else "UTC"

    def families(self):
        """Area codes with the number of areas right below each."""
        found = {}
        for layer in ("communities", "beats"):
            table = self.out / f"{layer}.csv"
            self.ctl("export", self.folder, layer, table)
            with open(table, encoding="utf-8-sig", newline="") as rows:
                for row in csv.DictReader(rows):
                    if row["parent"]:
                        found[row["parent"]] = found.get(row["parent"], 0) + 1
        return found

    def state(self):
        return json.loads(self.ctl("state", self.folder, "--json"))
