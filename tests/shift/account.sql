-- SPDX-License-Identifier: GPL-3.0-or-later
-- The account of a shift straight from the journal's table, with nothing of the program's own code: tickets opened after
-- event :before. One JSON object; play_shift compares it with what `vedettectl replay` folded.
with
opened as (
  select json_extract(payload, '$.ticket') as ticket from events where kind = 'ticketOpened' and seq > :before),
stated as ( -- what stated a ticket's deadlines: its opening, a new category, another time, a reopening (from then on, by the duty that stood)
  select seq, occurred_at, kind, json_extract(payload, '$.ticket') as ticket, payload from events
  where seq > :before and (kind in ('ticketOpened', 'ticketReclassified', 'ticketScheduled')
                           or (kind = 'ticketMoved' and json_extract(payload, '$.to') = 'reopened'))),
round as ( -- from the opening or a reopening on, until the next one
  select ticket, seq as begin, lead(seq, 1, 9e18) over (partition by ticket order by seq) as until from stated
  where kind in ('ticketOpened', 'ticketMoved')),
duty as ( -- the last opening or category up to each of them
  select s.seq, s.ticket, r.begin, s.occurred_at, s.kind, (select payload from stated d where d.ticket = s.ticket and d.seq <= s.seq
         and d.kind <> 'ticketMoved' and (s.kind <> 'ticketMoved' or d.kind <> 'ticketScheduled') order by d.seq desc limit 1) as payload,
         row_number() over (partition by s.ticket, r.begin order by s.seq desc) as nth
  from stated s join round r on r.ticket = s.ticket and s.seq >= r.begin and s.seq < r.until),
due as ( -- the deadlines that stood at the end of each round
  select ticket, begin,
         case when kind = 'ticketMoved' then occurred_at + json_extract(payload, '$.duty.acceptMinutes') * 60000
              else cast(round((julianday(json_extract(payload, '$.deadlines.accept')) - 2440587.5) * 86400000) as integer)
         end as accept_by,
         case when kind = 'ticketMoved' then occurred_at + json_extract(payload, '$.duty.arriveMinutes') * 60000
              else cast(round((julianday(json_extract(payload, '$.deadlines.arrive')) - 2440587.5) * 86400000) as integer)
         end as arrive_by,
         case when kind = 'ticketMoved' then occurred_at + json_extract(payload, '$.duty.finishMinutes') * 60000
              else cast(round((julianday(json_extract(payload, '$.deadlines.finish')) - 2440587.5) * 86400000) as integer)
         end as finish_by
  from duty where nth = 1),
own as ( -- each ticket's own moves, the last one first
  select json_extract(payload, '$.ticket') as ticket, json_extract(payload, '$.to') as step, seq,
         row_number() over (partition by json_extract(payload, '$.ticket') order by seq desc) as nth
  from events where kind = 'ticketMoved' and json_extract(payload, '$.to') not in ('escalated') and seq > :before),
sent as (
  select json_extract(payload, '$.ticket') as ticket, json_extract(payload, '$.unit') as unit, seq, occurred_at,
         json_extract(payload, '$.part') as part, json_extract(payload, '$.overrideReason') as override_reason,
         lead(seq, 1, 9e18) over (partition by json_extract(payload, '$.ticket'), json_extract(payload, '$.unit')
                                  order by seq) as again
  from events where kind = 'unitAssigned' and seq > :before),
step as (
  select json_extract(payload, '$.ticket') as ticket, json_extract(payload, '$.unit') as unit, seq, occurred_at,
         json_extract(payload, '$.to') as step
  from events where kind = 'assignmentMoved' and seq > :before),
leads as (
  select s.ticket, s.seq, s.occurred_at as assigned,
         max(case when step.step = 'accepted' then step.occurred_at end) as accepted,
         max(case when step.step = 'onscene' then step.occurred_at end) as onscene,
         max(case when step.step = 'handled' then step.occurred_at end) as handled
  from sent s left join step on step.ticket = s.ticket and step.unit = s.unit and step.seq > s.seq and step.seq < s.again
  where s.part = 'lead' group by s.ticket, s.seq),
led as ( -- the first that arrived, else the last that was sent
  select * from (select *, row_number() over (partition by ticket order by onscene is null,
                                              case when onscene is null then -seq else seq end) as best from leads)
  where best = 1),
late as ( -- in one of its rounds, by who led in that one
  select distinct ticket from due join (
    select l.*, r.begin, row_number() over (partition by l.ticket, r.begin order by l.onscene is null,
                                            case when l.onscene is null then -l.seq else l.seq end) as best
    from leads l join round r on r.ticket = l.ticket and l.seq >= r.begin and l.seq < r.until) l using (ticket, begin)
  where best = 1 and (accepted > accept_by or onscene > arrive_by or handled > finish_by)),
took as (
  -- A clock that was set back gives no interval at all.
  select ticket, case when l.accepted >= l.assigned then (l.accepted - l.assigned) / 1000 end as sign_for,
         case when l.onscene >= l.accepted then (l.onscene - l.accepted) / 1000 end as turn_out,
         case when l.handled >= l.onscene then (l.handled - l.onscene) / 1000 end as feedback,
         ticket not in (select ticket from late) as kept
  from opened left join led l using (ticket)),
last_move as (select o.ticket, coalesce(own.step, '') as step from opened o
              left join own on own.ticket = o.ticket and own.nth = 1)
select json_object(
  'opened', (select count(*) from opened),
  'closed', (select count(*) from last_move where step = 'closed'),
  'cancelled', (select count(*) from last_move where step = 'cancelled'),
  'merged', (select count(*) from last_move where step = 'merged'),
  'returned', (select count(*) from last_move where step = 'returned'),
  'escalated', (select count(distinct json_extract(payload, '$.ticket')) from events
                where kind = 'ticketMoved' and json_extract(payload, '$.to') = 'escalated' and seq > :before),
  'transferred', (select count(distinct json_extract(payload, '$.ticket')) from events
                  where kind = 'ticketMoved' and json_extract(payload, '$.to') = 'transferred' and seq > :before),
  'reopened', (select count(distinct json_extract(payload, '$.ticket')) from events
               where kind = 'ticketMoved' and json_extract(payload, '$.to') = 'reopened' and seq > :before),
  'onTime', (select count(*) from last_move join took using (ticket) where step = 'closed' and kept),
  'late', (select count(*) from last_move join took using (ticket) where step = 'closed' and not kept),
  'overrides', (select count(*) from sent where override_reason <> '' and ticket in (select ticket from opened)),
  'signFor', json_array((select count(*) from took where sign_for < 30),
                        (select count(*) from took where sign_for >= 30 and sign_for < 60),
                        (select count(*) from took where sign_for >= 60 and sign_for < 120),
                        (select count(*) from took where sign_for >= 120 and sign_for < 180),
                        (select count(*) from took where sign_for >= 180)),
  'turnOut', json_array((select count(*) from took where turn_out < 300),
                        (select count(*) from took where turn_out >= 300 and turn_out < 600),
                        (select count(*) from took where turn_out >= 600 and turn_out < 900),
                        (select count(*) from took where turn_out >= 900 and turn_out < 1800),
                        (select count(*) from took where turn_out >= 1800)),
  'feedback', json_array((select count(*) from took where feedback < 1800),
                         (select count(*) from took where feedback >= 1800 and feedback < 3600),
                         (select count(*) from took where feedback >= 3600 and feedback < 7200),
                         (select count(*) from took where feedback >= 7200 and feedback < 14400),
                         (select count(*) from took where feedback >= 14400)),
  'signForMedian', (select sign_for from took where sign_for is not null order by sign_for
                    limit 1 offset (select (count(*) - 1) / 2 from took where sign_for is not null)),
  'turnOutMedian', (select turn_out from took where turn_out is not null order by turn_out
                    limit 1 offset (select (count(*) - 1) / 2 from took where turn_out is not null)));
