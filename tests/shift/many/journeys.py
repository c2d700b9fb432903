# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways a ticket can go. Each is a generator that yields between two steps, so that many are open at once."""
import time


def plain(p):
    ticket = p.open("as usual", form=p.draw.random() < 0.25)
    yield
    if p.draw.random() < 0.3:
        p.send_next()
        yield
    yield from p.handled_whole(ticket)


def noted(p):
    ticket = p.open("a call and a note")
    yield
    p.said(f"note {ticket} the sergeant knows", "entryAdded", ticket, entry="note")
    p.said(f"call {ticket} rang back, still loud", "entryAdded", ticket, entry="call")
    p.count("noted")
    yield
    yield from p.handled_whole(ticket)


def late(clock, until):
    def journey(p):
        ticket = p.open(f"too late to {clock}")
        yield
        unit = yield from p.sent(ticket)
        if not unit:
            p.move(ticket, f"can {ticket} nobody came", "cancelled")
            p.expected[ticket] = "cancelled"
            return
        if until:
            yield from p.worked(ticket, unit, until)
        p.pass_by(max(0, p.due(ticket, clock)) + 3)
        p.count(f"late to {clock}")
        steps = (("acc", "accepted"), ("enr", "enroute"), ("os", "onscene"))
        reached = {e[2].get("to") for e in p.journal.of_ticket(ticket, "assignmentMoved")}
        for i, (verb, to) in enumerate(steps):
            if not reached & {later for _, later in steps[i:]}:  # a step may have been skipped
                p.step(ticket, unit, verb, to)
                yield
        yield from p.finished(ticket, unit)
    journey.__name__ = f"late_{clock}"
    return journey


def declined(p):
    ticket = p.open("the first one declines")
    yield
    unit = yield from p.sent(ticket)
    if unit:
        p.step(ticket, unit, "dec", "declined", "still at the other call")
        p.count("declined")
        yield
    yield from p.handled_whole(ticket)


def released(p):
    ticket = p.open("released and sent anew")
    yield
    unit = yield from p.sent(ticket)
    if unit:
        p.step(ticket, unit, "rel", "released")
        p.count("released")
        yield
    yield from p.handled_whole(ticket)


def another(p, ticket, unit):
    """A second unit, of those that were shown when the first was sent and that are still free."""
    shown = [c["unit"] for e in p.journal.of_ticket(ticket, "unitAssigned") for c in e[2].get("shown", [])]
    for other in dict.fromkeys(shown):
        if other == unit:
            continue
        seq = p.journal.last()
        p.desk.line(f"a {ticket} {other} !1")
        if p.journal.first_since(seq, 1.5, lambda kind, e, actor: kind == "unitAssigned" and e["unit"] == other):
            p.count("joined")
            return other
        p.desk.keys("Escape")
    return None


def joint(p):
    ticket = p.open("two go")
    yield
    unit = yield from p.sent(ticket)
    if unit:
        other = another(p, ticket, unit)
        yield
        if other:
            p.step(ticket, other, "acc", "accepted")
            yield
            p.step(ticket, other, "clr", "handled", "crowd sent home")
            yield
    yield from p.handled_whole(ticket)


def handed_over(p):
    """To another desk with everybody on it, and on from there."""
    ticket = p.open("goes to another desk")
    yield
    unit = yield from p.sent(ticket)
    other = another(p, ticket, unit) if unit else None
    yield
    opened = p.journal.of_ticket(ticket, "ticketOpened")[0][2]
    desks = [code for code in p.desks() if code != opened["desk"]]
    if not desks:
        raise RuntimeError("the city has one desk only")
    target = p.draw.choice(desks)
    p.move(ticket, f"tr {ticket} {target} it is theirs", "transferred", target=target)
    lost = [e for e in p.journal.of_ticket(ticket, "assignmentMoved") if e[2]["to"] == "released"]
    if lost:
        raise RuntimeError(f"{ticket} lost {lost[0][2]['unit']} in the transfer")
    p.count("handed over to a desk" + (" with a co-handler" if other else ""))
    yield
    if other:
        p.step(ticket, other, "clr", "handled", "was there too")
        yield
    yield from p.handled_whole(ticket)


def outside(p):
    ticket = p.open("not for us to do")
    yield
    p.move(ticket, f"tr {ticket} {p.draw.choice(('110', '119', '120'))} passed on", "transferred")
    p.count("passed to a body outside")
    p.expected[ticket] = "transferred"
    yield
    p.refused(f"note {ticket} too late", "the ticket is over")


def returned(p):
    ticket = p.open("somebody else's")
    yield
    p.move(ticket, f"{p.draw.choice(('ret', 'return'))} {ticket} another county", "returned")
    p.expected[ticket] = "returned"


def cancelled(p):
    ticket = p.open("a false alarm")
    yield
    if p.draw.random() < 0.5:
        yield from p.sent(ticket)
    p.move(ticket, f"{p.draw.choice(('can', 'cancel'))} {ticket} nobody there any more", "cancelled")
    p.expected[ticket] = "cancelled"


def merged(p):
    lon, lat, usual = p.place()
    category = usual if usual in p.stage.categories else p.category()
    first = p.open("seen by one", category, (lon, lat))
    yield
    second = p.open("seen by another", category, (lon + 1e-4, lat))
    p.move(second, f"merge {second} {first}", "merged")
    p.expected[second] = "merged"
    yield
    yield from p.handled_whole(first)


def apart(p):
    lon, lat, usual = p.place()
    category = usual if usual in p.stage.categories else p.category()
    first = p.open("one thing", category, (lon, lat))
    second = p.open("another thing", category, (lon + 1e-4, lat))
    yield
    p.said(f"apart {first} {second}", "duplicateJudged")
    p.count("kept apart")
    yield
    yield from p.handled_whole(first)
    yield from p.handled_whole(second)


def reopened(p):
    ticket = p.open("it comes back")
    yield
    yield from p.handled_whole(ticket)
    if p.expected[ticket] != "closed":
        return
    yield
    p.move(ticket, f"{p.draw.choice(('reo', 'reopen'))} {ticket} it began again", "reopened")
    yield
    yield from p.handled_whole(ticket)


def reclassified(p):
    ticket = p.open("turned out to be something else")
    yield
    now = p.duty(ticket)["category"]
    p.said(f"cat {ticket} {p.category(lambda row: row['category'] != now and ' ' not in row['category'])}", "ticketReclassified", ticket)
    p.count("reclassified")
    yield
    yield from p.handled_whole(ticket)


def urged(p):
    ticket = p.open("urged by hand")
    yield
    p.move(ticket, f"{p.draw.choice(('esc', 'escalate'))} {ticket}", "escalated")
    yield
    yield from p.handled_whole(ticket)


def ignored(p):
    """Nobody takes it: the clock tells the desk above, by itself, once."""
    ticket = p.open("nobody takes it")
    yield
    p.pass_by(max(0, p.due(ticket, "accept")) + 3)
    if not p.journal.first_since(p.before, 10, lambda kind, e, actor: kind == "ticketMoved" and e["ticket"] == ticket
                                 and e["to"] == "escalated" and actor == "clock"):
        raise RuntimeError(f"nobody heard of {ticket}, which nobody took")
    p.count("escalated by the clock")
    yield
    yield from p.handled_whole(ticket)


def undone(p):
    ticket = p.open("sent by mistake")
    yield
    unit = yield from p.sent(ticket)
    if unit:
        p.said("undo", "assignmentMoved", ticket, unit=unit, to="released")
        p.count("undone")
        yield
    yield from p.handled_whole(ticket)


def without_duty(p):
    ticket = p.open("in no catalogue", category="99.9")
    yield
    if "dutyMissing" not in p.journal.of_ticket(ticket, "ticketOpened")[0][2]["flags"]:
        raise RuntimeError(f"{ticket} has no duty and no flag")
    p.count("category without duty")
    yield from p.handled_whole(ticket)


def beyond(p):
    lon = max(place[0] for place in p.stage.places) + 0.5
    ticket = p.open("outside every area", at=(lon, p.place()[1]))
    yield
    if "outsideEveryArea" not in p.journal.of_ticket(ticket, "ticketOpened")[0][2]["flags"]:
        raise RuntimeError(f"{ticket} lies outside and has no flag")
    p.count("outside every area")
    yield from p.handled_whole(ticket)


def mistyped(p):
    """What can't be done changes nothing and says why."""
    ticket = p.open("lines that are refused")
    yield
    p.refused(f"a {ticket} NOBODY99 !1", "unit unknown")
    p.refused("acc T99999999", "ticket unknown")
    p.refused(f"merge {ticket} {ticket}", "merged into itself")
    p.refused(f"tr {ticket} nowhere-at-all x", "desk unknown")
    p.refused(f"close {ticket}", "not handled")
    p.refused(f"can {ticket}", "no reason")
    yield
    off = p.draw.choice(p.units)
    p.desk.line(f"off {off}")
    time.sleep(0.5)
    p.refused(f"a {ticket} {off} !1", "unit off shift")
    p.desk.line(f"on {off}")
    yield
    yield from p.handled_whole(ticket)


def feedback(p):
    ticket = p.open("asks for answers", category=p.category(lambda row: row.get("feedback")))
    yield
    yield from p.handled_whole(ticket)


def second_review(p):
    ticket = p.open("two pairs of eyes", category=p.category(lambda row: row.get("review_by") == "second"))
    yield
    yield from p.handled_whole(ticket)


def scheduled(p):
    """For later: it neither alarms nor is proposed until it begins."""
    ticket = p.open("for later", more=f"={p.clock_in(25)} ")
    p.said(f"when {ticket} {p.clock_in(12)}", "ticketScheduled", ticket)
    p.count("scheduled")
    p.pass_by(12 * 60 + 30)
    yield from p.handled_whole(ticket)


def reserved(p):
    """A unit is kept for a ticket that begins later; the clock assigns it, or says why not."""
    ticket = p.open("somebody is kept for it", more=f"={p.clock_in(9)} ")
    spare, kept = p.draw.sample(p.units, 2)
    p.said(f"reserve {ticket} {spare}", "unitReserved", ticket, unit=spare)
    p.said(f"unreserve {ticket} {spare}", "unitUnreserved", ticket, unit=spare)
    p.said(f"reserve {ticket} {kept}", "unitReserved", ticket, unit=kept)
    p.pass_by(9 * 60 + 30)
    began = p.journal.first_since(p.before, 10, lambda kind, e, actor: actor == "clock" and e.get("ticket") == ticket
                                  and kind in ("unitAssigned", "unitUnreserved"))
    if not began:
        raise RuntimeError(f"{ticket} began and nothing became of the unit that was kept for it")
    p.count("the unit that was kept goes" if began[1] == "unitAssigned" else "the unit that was kept can't go")
    yield
    yield from p.handled_whole(ticket)


def hazard(p):
    """To be rectified, inspected by somebody else, found wanting, rectified, passed."""
    ticket = p.open("a balcony comes loose")
    yield
    p.said(f"haz {ticket} 3 the railing is loose", "hazardFound", ticket)
    p.refused(f"insp {ticket} ok", "not rectified yet")
    yield
    p.said(f"rect {ticket} screwed tight", "hazardRectified", ticket)
    p.refused(f"insp {ticket} ok", "whoever rectified inspects")
    yield
    p.said(f"insp {ticket} fail 2 it still moves", "hazardInspected", ticket, p.other, passed=False)
    yield
    p.said(f"rect {ticket} welded", "hazardRectified", ticket)
    p.said(f"insp {ticket} ok holds", "hazardInspected", ticket, p.other, passed=True)
    p.count("hazard rectified and inspected")
    yield
    yield from p.handled_whole(ticket)


def sweep(p):
    """One operation, a ticket in each area below; one more joins and leaves; what nobody begins is cancelled with it."""
    families = [code for code, size in sorted(p.stage.families().items()) if 2 <= size <= 9]
    category = p.category(lambda row: " " not in row["category"] and not row.get("feedback") and row.get("review_by") != "second")
    seq = p.journal.last()
    opened = p.said(f"sweep {category} @{p.draw.choice(families)} gas bottles", "sweepOpened")
    tickets = [e[2]["ticket"] for e in p.journal.since(seq) if e[1] == "ticketOpened" and e[2].get("sweep") == opened["id"]]
    if len(tickets) < 2:
        raise RuntimeError(f"sweep {opened['id']} has {len(tickets)} tickets")
    p.expected.update({ticket: "cancelled" for ticket in tickets[1:]})
    p.expected[tickets[0]] = "closed"
    p.count("joint sweep")
    yield
    more = p.open("found on the way")
    p.said(f"join {more} {opened['id']}", "sweepJoined", more)
    yield
    p.said(f"leave {more}", "sweepLeft", more)
    yield
    yield from p.handled_whole(tickets[0])
    p.said(f"sweep close {opened['id']} done for today", "sweepClosed", id=opened["id"])
    yield
    for ticket in tickets[1:]:
        if p.leader(ticket):  # F2 had sent somebody: such a ticket goes on
            p.expected[ticket] = "closed"
            yield from p.handled_whole(ticket)
    yield from p.handled_whole(more)


def overridden(p):
    """The second of those proposed goes, and why is asked in place."""
    ticket = p.open("the second one goes")
    yield
    if p.leader(ticket):  # F2 had sent somebody, and who joins is chosen freely
        yield from p.handled_whole(ticket)
        return
    seq = p.journal.last()
    p.desk.keys("Escape")
    p.desk.line(f"go {ticket}")
    time.sleep(0.8)
    p.desk.keys("F8", "Return")
    time.sleep(0.8)
    p.desk.keys("Down", "Return")
    time.sleep(0.4)
    p.desk.keys("1")
    sent = p.journal.first_since(seq, 5, lambda kind, e, actor: kind == "unitAssigned" and e["ticket"] == ticket)
    p.desk.keys("Escape")
    if sent:
        if not sent[2].get("overrideReason"):
            raise RuntimeError(f"the second one went to {ticket} and nobody asked why")
        p.count("not the first one, with a reason")
    yield
    yield from p.handled_whole(ticket)


def roll_called(p):
    """Everybody on duty is asked; some answer; who didn't is recorded once, when time is up."""
    called = p.said("roll city in 5", "rollCalled")
    for unit in called["units"][:3]:
        p.said(f"here {unit}", "rollAnswered", unit=unit, id=called["id"])
    yield
    p.pass_by(5 * 60 + 20)
    closed = p.journal.first_since(p.before, 15, lambda kind, e, actor: kind == "rollClosed" and e["id"] == called["id"])
    if not closed or sorted(closed[2]["answered"]) != sorted(called["units"][:3]):
        raise RuntimeError(f"roll call {called['id']} ended as {closed and closed[2]}")
    p.count("roll call")
    p.desk.keys("Escape")


def shift_change(p):
    """The desk goes from whoever holds it to the other operator, with its sheet."""
    desk = p.draw.choice(p.desks())
    holder = p.journal.ask("""select actor from events where kind = 'shiftTakenOver' and json_extract(payload, '$.desk') = ?
                              order by seq desc limit 1""", desk)
    gives, takes = (p.other, p.desk) if holder == p.other.actor else (p.desk, p.other)
    p.said(f"handover {desk} quiet so far", "shiftHandedOver", window=gives, desk=desk)
    gives.keys("Escape")
    p.said(f"takeover {desk}", "shiftTakenOver", window=takes, desk=desk)
    takes.keys("Escape")
    p.count("the shift changed hands")
    yield


def out_of_service(p):
    ticket = p.open("a flat tyre")
    yield
    unit = p.draw.choice(p.units)
    p.said(f"out {unit} until {p.clock_in(6)} flat tyre", "rosterChanged", unit=unit, to="outOfService")
    p.refused(f"a {ticket} {unit} !1", "unit out of service")
    yield
    p.pass_by(6 * 60 + 60)
    p.count("out of service till a time")
    yield
    yield from p.handled_whole(ticket)


# Of a hundred tickets about how many go which way; each at least once.
ways = {plain: 22, noted: 4, late("accept", None): 4, late("arrive", "enroute"): 4, late("finish", "onscene"): 1, declined: 5,
        released: 4, joint: 8, handed_over: 6, outside: 3, returned: 3, cancelled: 4, merged: 4, apart: 2, reopened: 5,
        reclassified: 4, urged: 3, ignored: 3, undone: 3, without_duty: 2, beyond: 2, mistyped: 1, feedback: 4,
        second_review: 4, scheduled: 2, reserved: 3, hazard: 3, sweep: 1, overridden: 4, roll_called: 1, shift_change: 1,
        out_of_service: 2}


def deck(draw, incidents):
    """As many journeys as incidents, each way at least once, in an order that the seed draws."""
    total = sum(ways.values())
    cards = []
    for way, weight in ways.items():
        cards += [way] * max(1, round(weight * incidents / total))
    draw.shuffle(cards)
    return cards
