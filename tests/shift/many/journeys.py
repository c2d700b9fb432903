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
        for verb, to in (("acc", "accepted"), ("enr", "enroute"), ("os", "onscene")):
            if to not in [e[2].get("to") for e in p.journal.of_ticket(ticket, "assignmentMoved")]:
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
        p.desk.line(f"a {ticket} {other}")
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
    p.refused(f"a {ticket} NOBODY99", "unit unknown")
    p.refused("acc T99999999", "ticket unknown")
    p.refused(f"merge {ticket} {ticket}", "merged into itself")
    p.refused(f"tr {ticket} nowhere-at-all x", "desk unknown")
    p.refused(f"close {ticket}", "not handled")
    p.refused(f"can {ticket}", "no reason")
    yield
    off = p.draw.choice(p.units)
    p.desk.line(f"off {off}")
    time.sleep(0.5)
    p.refused(f"a {ticket} {off}", "unit off shift")
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


# Of a hundred tickets about how many go which way; each at least once.
ways = {plain: 22, noted: 4, late("accept", None): 4, late("arrive", "enroute"): 4, late("finish", "onscene"): 1, declined: 5,
        released: 4, joint: 8, handed_over: 6, outside: 3, returned: 3, cancelled: 4, merged: 4, apart: 2, reopened: 5,
        reclassified: 4, urged: 3, ignored: 3, undone: 3, without_duty: 2, beyond: 2, mistyped: 1}


def deck(draw, incidents):
    """As many journeys as incidents, each way at least once, in an order that the seed draws."""
    total = sum(ways.values())
    cards = []
    for way, weight in ways.items():
        cards += [way] * max(1, round(weight * incidents / total))
    draw.shuffle(cards)
    return cards
