# SPDX-License-Identifier: GPL-3.0-or-later
"""What a dispatcher does, step by step: every step is typed, and looked for in the journal before the next one."""
import json
import time
from datetime import datetime
from zoneinfo import ZoneInfo


class Play:
    def __init__(self, stage, journal, clock, windows, say):
        self.stage, self.journal, self.clock, self.say = stage, journal, clock, say
        self.desk, self.other = windows
        self.draw = stage.draw
        self.before = 0         # what the city's journal held when the shift began
        self.expected = {}      # ticket -> the stage it must end in
        self.steps = {}         # what was done how often
        self.nobody = 0         # sent outside because nobody could go
        self._places = iter(())

    # -- what stands in the journal
    def leader(self, ticket):
        """Who leads now, from the events alone."""
        led = None
        for _, kind, payload, _ in self.journal.of_ticket(ticket):
            if kind == "unitAssigned" and payload["part"] == "lead":
                led = payload["unit"]
            elif kind == "assignmentMoved" and payload["to"] in ("declined", "released") and payload["unit"] == led:
                led = None
            elif kind == "ticketMoved" and payload["to"] == "reopened":
                led = None
        return led

    def desks(self):
        """Every desk that a ticket was opened at or that hears of a missed deadline."""
        found = set()
        for (payload,) in self.journal.rows("select payload from events where kind = 'ticketOpened'"):
            opened = json.loads(payload)
            found |= {opened["desk"], *opened.get("chain", [])}
        return sorted(found - {"", self.desk.actor, self.other.actor})

    def duty(self, ticket):
        found = [p["duty"] for _, kind, p, _ in self.journal.of_ticket(ticket) if kind in ("ticketOpened", "ticketReclassified")]
        return found[-1]

    def due(self, ticket, clock):
        """Seconds until a deadline of the ticket, by the stage's clock."""
        return self.journal.ask(
            f"""select (julianday(json_extract(payload, '$.deadlines.{clock}')) - 2440587.5) * 86400 from events
                where kind in ('ticketOpened', 'ticketReclassified') and json_extract(payload, '$.ticket') = ?
                order by seq desc limit 1""", ticket) - (time.time() + self.clock.offset)

    def clock_in(self, minutes):
        """What the stage's clock will show so many minutes from now, where the city is."""
        return datetime.fromtimestamp(time.time() + self.clock.offset + minutes * 60, ZoneInfo(self.stage.zone())).strftime("%H:%M")

    def pass_by(self, seconds):
        self.clock.skip(int(seconds))
        time.sleep(1.2)  # the programs read the clock's file once a second

    def count(self, step):
        self.steps[step] = self.steps.get(step, 0) + 1

    # -- what is typed
    def said(self, line, kind, ticket=None, window=None, **what):
        """A line that must become an event of that kind; gives the event."""
        window = window or self.desk
        seq = self.journal.last()

        def suits(event, payload, actor):
            return (event == kind and actor == window.actor and (ticket is None or payload.get("ticket") == ticket)
                    and all(payload.get(name) == value for name, value in what.items()))
        window.line(line)
        found = self.journal.first_since(seq, 3, suits)
        if not found:  # the other desk was faster by a moment: the line stays, and is said again
            window.keys("Return")
            found = self.journal.first_since(seq, 8, suits)
            if found:
                self.count("said again after a race that was lost")
        if not found:
            raise RuntimeError(f"'{line}' became no {kind} {what or ''}")
        return found[2]

    def refused(self, line, why):
        """A line that must change nothing."""
        seq = self.journal.last()
        self.desk.line(line)
        time.sleep(0.4)
        done = [event for event in self.journal.since(seq) if event[3] == self.desk.actor]
        if done:
            raise RuntimeError(f"'{line}' ({why}) was not refused: {done[0][1]}")
        self.desk.keys("Escape")
        self.count(f"refused: {why}")

    def spelt(self, verb, *words, text=""):
        """Verb, ticket and unit in any order; the text comes last."""
        words = [verb, *[word for word in words if word]]
        self.draw.shuffle(words)
        return " ".join(words + ([text] if text else []))

    def place(self):
        try:
            lon, lat, category = next(self._places)
        except StopIteration:
            self._places = iter(self.stage.places)
            lon, lat, category = next(self._places)
        return lon + self.draw.uniform(-3e-4, 3e-4), lat + self.draw.uniform(-3e-4, 3e-4), category

    def category(self, suits=lambda row: True):
        """A category of the catalogue; the history's own more often than the others."""
        rows = [row for row in self.stage.categories.values() if suits(row)]
        if not rows:
            raise RuntimeError("the catalogue has no such duty")
        return self.draw.choice(rows)["category"]

    def open(self, text, category=None, at=None, form=False, more=""):
        lon, lat, usual = self.place()
        lon, lat = at or (lon, lat)
        category = category or (usual if usual in self.stage.categories else self.category())
        where = f"{lon:.6f},{lat:.6f}"
        if form:
            seq = self.journal.last()
            self.desk.keys("F3")
            time.sleep(0.4)
            self.desk.type(where)
            time.sleep(0.6)
            self.desk.keys("Return")
            time.sleep(0.4)
            self.desk.type(category)
            time.sleep(0.3)
            self.desk.keys("Return")
            self.desk.type(text)
            self.desk.keys("ctrl+Return")
            found = self.journal.first_since(seq, 10, lambda kind, p, actor: kind == "ticketOpened" and actor == self.desk.actor)
            if not found:
                raise RuntimeError(f"the call from {where} about {category} became no ticket")
            ticket = found[2]["ticket"]
            self.count("taken in the form")
        else:
            spelt = f'"{category}"' if " " in category else category
            ticket = self.said(f"n {spelt} @{where} {more}{text}", "ticketOpened")["ticket"]
            self.count("taken in the command bar")
        self.expected[ticket] = "closed"
        return ticket

    def send(self, ticket):
        """Shown, first candidate, sent: the three keys. None: nobody may go now."""
        led = self.leader(ticket)
        if led:
            return led
        seq = self.journal.last()
        self.desk.keys("Escape")
        self.desk.line(f"go {ticket}")
        for pause in (0.3, 0.8):
            time.sleep(pause)
            self.desk.keys("F8", "Return")
            time.sleep(pause)
            self.desk.keys("Return")
            found = self.journal.first_since(seq, 2 + pause, lambda kind, p, actor: kind == "unitAssigned" and p["ticket"] == ticket)
            if found:
                self.count("sent with three keys")
                return found[2]["unit"]
        return None

    def send_next(self):
        """F2, Enter, Enter: whatever ticket the console puts first."""
        seq = self.journal.last()
        self.desk.keys("Escape", "F2")
        time.sleep(0.4)
        self.desk.keys("Return")
        time.sleep(0.4)
        self.desk.keys("Return")
        if self.journal.first_since(seq, 2, lambda kind, p, actor: kind == "unitAssigned" and actor == self.desk.actor):
            self.count("next ticket with F2")

    def step(self, ticket, unit, verb, to, text=""):
        return self.said(self.spelt(verb, ticket, unit, text=text), "assignmentMoved", ticket, unit=unit, to=to)

    def move(self, ticket, line, to, window=None, **what):
        done = self.said(line, "ticketMoved", ticket, window, to=to, **what)
        self.count(to)
        return done

    def clockwise(self):
        """A little time goes by between two steps."""
        self.clock.skip(self.draw.choice((0, 2, 4, 8, 12)))

    # -- what most tickets go through
    def sent(self, ticket):
        for _ in range(8):
            unit = self.send(ticket)
            if unit:
                return unit
            yield
        return None

    def worked(self, ticket, unit, until="onscene"):
        for verbs, to in (("acc accept", "accepted"), ("enr enroute", "enroute"), ("os onscene", "onscene")):
            if to != "enroute" or self.draw.random() < 0.9:  # the field may skip a step
                self.step(ticket, unit, self.draw.choice(verbs.split()), to)
                yield
            if to == until:
                return

    def finished(self, ticket, unit, window=None):
        """Handled, with the answers that the duty asks for; reviewed by whoever may; closed."""
        duty = self.duty(ticket)
        self.step(ticket, unit, self.draw.choice(("clr", "handled")), "handled", self.draw.choice(("settled", "advised both", "done, nobody hurt")))
        yield
        if duty.get("feedback"):
            self.refused(f"rev {ticket}", "feedback is missing")
            for name in duty["feedback"]:
                self.said(f"fb {ticket} {name}=yes", "feedbackGiven", ticket)
            self.count("required feedback given")
            yield
        second = duty.get("reviewBy") == "second"
        if second:
            self.refused(f"rev {ticket}", "the same person reviews")
            self.count("reviewed by a second person")
        if second or self.draw.random() < 0.8:
            self.move(ticket, f"rev {ticket}", "reviewed", self.other if second else window)
            yield
        self.move(ticket, f"close {ticket}", "closed", window)

    def handled_whole(self, ticket):
        """From reported to closed, straight."""
        if not self.journal.of_ticket(ticket, "ticketVerified") and self.draw.random() < 0.5:
            self.said(self.spelt(self.draw.choice(("ver", "verify")), ticket), "ticketVerified", ticket)
            self.count("verified")
            yield
        unit = yield from self.sent(ticket)
        if not unit:
            self.nobody += 1
            self.move(ticket, f"tr {ticket} 119 nobody of ours can go", "transferred")
            self.expected[ticket] = "transferred"
            return None
        yield
        yield from self.worked(ticket, unit)
        yield from self.finished(ticket, unit)
        return unit

