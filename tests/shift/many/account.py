# SPDX-License-Identifier: GPL-3.0-or-later
"""The account of the shift: what the program says against what SQL says of the journal, and the laws that must hold."""
import json
import pathlib
import sqlite3


def recount(journal, before):
    text = (pathlib.Path(__file__).parent.parent / "account.sql").read_text().replace(":before", str(before))
    with sqlite3.connect(f"file:{journal}?mode=ro", uri=True) as db:
        return json.loads(db.execute(text.rstrip().rstrip(";")).fetchone()[0])


def told(kpi):
    names = ("opened", "closed", "cancelled", "merged", "returned", "escalated", "transferred", "reopened", "onTime", "late", "overrides")
    return {**{name: kpi[name] for name in names},
            **{name: kpi[name]["counts"] for name in ("signFor", "turnOut", "feedback")},
            "signForMedian": kpi["signFor"]["median_s"], "turnOutMedian": kpi["turnOut"]["median_s"]}


over = ("closed", "cancelled", "merged", "returned", "transferred")


def broken_laws(events):
    """Events (seq, kind, payload, actor) in order -> sentences about what may never happen."""
    ended, leads, fired, rounds, found = set(), {}, set(), {}, []
    for seq, kind, payload, _ in events:
        ticket = payload.get("ticket")
        if not ticket:
            continue
        to = payload.get("to")
        if ticket in ended and not (kind == "ticketMoved" and to == "reopened"):
            found.append(f"event {seq} ({kind} {to or ''}) changes {ticket}, which was over")
        if kind == "unitAssigned" and payload["part"] == "lead":
            if leads.get(ticket):
                found.append(f"event {seq}: {payload['unit']} leads {ticket} beside {leads[ticket]}")
            leads[ticket] = payload["unit"]
        elif kind == "assignmentMoved" and to in ("handled", "declined", "released") and leads.get(ticket) == payload["unit"]:
            leads[ticket] = None
        elif kind == "ticketMoved":
            if to == "reopened":
                ended.discard(ticket)
                leads[ticket] = None
                rounds[ticket] = rounds.get(ticket, 0) + 1
            elif to in over and not (to == "transferred" and payload.get("stays")):
                ended.add(ticket)
            elif to == "escalated" and payload.get("clock"):
                once = (ticket, rounds.get(ticket, 0), payload["clock"], payload["level"])
                if once in fired:
                    found.append(f"event {seq}: {once} was escalated twice")
                fired.add(once)
    return found
