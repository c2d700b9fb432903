-- SPDX-License-Identifier: GPL-3.0-or-later
-- The leader's figures straight from the journal's table, with nothing of the program's own code: tickets opened in
-- [:from, :till) (ms since 1970), `overdue` at :now; by station, desk and category. :stations and :communities are JSON
-- arrays of codes, as the areas of a city have them. One row a group: by, key, figures as one JSON object.
with
class as ( -- what a ticket was taken as, and whatever it was called later, the last first
  select json_extract(payload, '$.ticket') as ticket, seq, occurred_at, payload,
         coalesce(json_extract(payload, '$.category'), json_extract(payload, '$.incident.category')) as category,
         row_number() over (partition by json_extract(payload, '$.ticket') order by seq desc) as nth
  from events where kind in ('ticketOpened', 'ticketReclassified')),
taken as (
  select json_extract(payload, '$.ticket') as ticket, occurred_at as opened_at, payload
  from events where kind = 'ticketOpened' and occurred_at >= :from and occurred_at < :till),
move as (
  select json_extract(payload, '$.ticket') as ticket, json_extract(payload, '$.to') as step, seq, occurred_at,
         json_extract(payload, '$.target') as target, coalesce(json_extract(payload, '$.stays'), 0) as stays
  from events where kind = 'ticketMoved'),
own as ( -- a hand-over and an escalation change nothing of what stands
  select *, row_number() over (partition by ticket order by seq desc) as nth
  from move where step <> 'escalated' and not (step = 'transferred' and stays)),
again as (select ticket, max(seq) as seq, max(occurred_at) filter (where seq = last) as at from
            (select *, max(seq) over (partition by ticket) as last from move where step = 'reopened') group by ticket),
owner as (
  select *, row_number() over (partition by ticket order by seq desc) as nth
  from move where step = 'transferred' and stays),
sent as (
  select json_extract(payload, '$.ticket') as ticket, json_extract(payload, '$.unit') as unit, seq, occurred_at,
         json_extract(payload, '$.part') as part, coalesce(json_extract(payload, '$.overrideReason'), '') <> '' as overridden,
         lead(seq, 1, 9e18) over (partition by json_extract(payload, '$.ticket'), json_extract(payload, '$.unit')
                                  order by seq) as until
  from events where kind = 'unitAssigned'),
step as (
  select json_extract(payload, '$.ticket') as ticket, json_extract(payload, '$.unit') as unit, seq, occurred_at,
         json_extract(payload, '$.to') as step
  from events where kind = 'assignmentMoved'),
leads as (
  select s.ticket, s.seq, s.occurred_at as assigned,
         max(case when step.step = 'accepted' then step.occurred_at end) as accepted,
         max(case when step.step = 'enroute' then step.occurred_at end) as enroute,
         max(case when step.step = 'onscene' then step.occurred_at end) as onscene,
         max(case when step.step = 'handled' then step.occurred_at end) as handled,
         max(case when step.step in ('declined', 'released') then 1 else 0 end) as gone
  from sent s left join step on step.ticket = s.ticket and step.unit = s.unit and step.seq > s.seq and step.seq < s.until
  where s.part = 'lead' group by s.ticket, s.seq),
led as ( -- the first that arrived, else the last that was sent
  select * from (select *, row_number() over (partition by ticket order by onscene is null,
                                              case when onscene is null then -seq else seq end) as best from leads)
  where best = 1),
leading as ( -- who leads now
  select * from (select l.*, row_number() over (partition by l.ticket order by l.seq desc) as nth
                 from leads l left join again using (ticket) where not gone and (again.seq is null or l.seq > again.seq))
  where nth = 1),
due as ( -- deadlines as they stand: of the last category, or counted again from a reopening after it
  select c.ticket, c.category, json_extract(c.payload, '$.duty.reviewMinutes') as review_minutes,
         a.seq > c.seq as anew, a.at as since, c.payload
  from class c left join again a using (ticket) where c.nth = 1),
deadline as (
  select ticket, category, review_minutes,
         case when anew then since + 60000 * nullif(json_extract(payload, '$.duty.acceptMinutes'), 0)
              else cast(round((julianday(json_extract(payload, '$.deadlines.accept')) - 2440587.5) * 86400000) as integer) end as accept_by,
         case when anew then since + 60000 * nullif(json_extract(payload, '$.duty.arriveMinutes'), 0)
              else cast(round((julianday(json_extract(payload, '$.deadlines.arrive')) - 2440587.5) * 86400000) as integer) end as arrive_by,
         case when anew then since + 60000 * nullif(json_extract(payload, '$.duty.finishMinutes'), 0)
              else cast(round((julianday(json_extract(payload, '$.deadlines.finish')) - 2440587.5) * 86400000) as integer) end as finish_by,
         case when anew then since + 60000 * nullif(json_extract(payload, '$.duty.verifyMinutes'), 0)
              else cast(round((julianday(json_extract(payload, '$.deadlines.verify')) - 2440587.5) * 86400000) as integer) end as verify_by
  from due),
stated as ( -- what stated a ticket's deadlines anew, with the duty of its last category up to then
  select seq, occurred_at, kind, json_extract(payload, '$.ticket') as ticket, payload from events
  where kind in ('ticketOpened', 'ticketReclassified', 'ticketScheduled')
     or (kind = 'ticketMoved' and json_extract(payload, '$.to') = 'reopened')),
round as ( -- from the opening or a reopening on, until the next one
  select ticket, seq as begin, lead(seq, 1, 9e18) over (partition by ticket order by seq) as until from stated
  where kind in ('ticketOpened', 'ticketMoved')),
stood as (
  select s.ticket, r.begin, s.kind = 'ticketMoved' as anew, s.occurred_at as since,
         case when s.kind <> 'ticketMoved' then s.payload else
           (select c.payload from class c where c.ticket = s.ticket and c.seq < s.seq order by c.seq desc limit 1) end as payload,
         row_number() over (partition by s.ticket, r.begin order by s.seq desc) as nth
  from stated s join round r on r.ticket = s.ticket and s.seq >= r.begin and s.seq < r.until),
dues as (
  select ticket, begin,
         case when anew then since + 60000 * nullif(json_extract(payload, '$.duty.acceptMinutes'), 0)
              else cast(round((julianday(json_extract(payload, '$.deadlines.accept')) - 2440587.5) * 86400000) as integer) end as accept_by,
         case when anew then since + 60000 * nullif(json_extract(payload, '$.duty.arriveMinutes'), 0)
              else cast(round((julianday(json_extract(payload, '$.deadlines.arrive')) - 2440587.5) * 86400000) as integer) end as arrive_by,
         case when anew then since + 60000 * nullif(json_extract(payload, '$.duty.finishMinutes'), 0)
              else cast(round((julianday(json_extract(payload, '$.deadlines.finish')) - 2440587.5) * 86400000) as integer) end as finish_by
  from stood where nth = 1),
late as ( -- in one of its rounds, by who led in that one
  select distinct ticket from dues join (
    select l.*, r.begin, row_number() over (partition by l.ticket, r.begin order by l.onscene is null,
                                            case when l.onscene is null then -l.seq else l.seq end) as best
    from leads l join round r on r.ticket = l.ticket and l.seq >= r.begin and l.seq < r.until) l using (ticket, begin)
  where best = 1 and (accepted > accept_by or onscene > arrive_by or handled > finish_by)),
ticket as (
  select t.ticket, d.category, coalesce(owner.target, json_extract(t.payload, '$.desk')) as desk,
         coalesce((select a.value from json_each(t.payload, '$.areas') a
                   where a.value in (select value from json_each(:stations)) order by a.key limit 1),
                  (select a.value from json_each(t.payload, '$.areas') a
                   where a.value in (select value from json_each(:communities)) order by a.key limit 1), '') as station,
         coalesce(own.step, '') as stands,
         coalesce(own.step, '') in ('closed', 'cancelled', 'merged', 'returned', 'transferred') as ended,
         t.ticket not in (select ticket from late) as kept,
         case when own.step = 'reviewed' then null
              when now.handled is not null then now.handled + 60000 * d.review_minutes
              when now.onscene is not null then d.finish_by
              when now.enroute is not null or now.accepted is not null then d.arrive_by
              else min(coalesce(d.accept_by, 9e18), case when exists (select 1 from events where kind = 'ticketVerified'
                         and json_extract(payload, '$.ticket') = t.ticket) then 9e18 else coalesce(d.verify_by, 9e18) end) end as runs_out,
         exists (select 1 from move where move.ticket = t.ticket and step = 'transferred') as transferred,
         exists (select 1 from move where move.ticket = t.ticket and step = 'reopened') as reopened,
         exists (select 1 from move where move.ticket = t.ticket and step = 'escalated') as escalated,
         (select count(*) from sent where sent.ticket = t.ticket and overridden) as overrides,
         l.accepted - l.assigned as sign_for, l.onscene - l.accepted as turn_out, l.handled - l.onscene as feedback
  from taken t join deadline d using (ticket)
  left join own on own.ticket = t.ticket and own.nth = 1
  left join owner on owner.ticket = t.ticket and owner.nth = 1
  left join led l on l.ticket = t.ticket left join leading now on now.ticket = t.ticket),
grouped as (
  select 'all' as grouping, '' as key, * from ticket
  union all select 'station', station, * from ticket
  union all select 'desk', desk, * from ticket
  union all select 'category', category, * from ticket),
ranked as ( -- each interval by length within its group; one that would be negative is none
  select *,
         case when sign_for >= 0 then row_number() over (partition by grouping, key, sign_for >= 0 order by sign_for) end as nth_sign_for,
         case when turn_out >= 0 then row_number() over (partition by grouping, key, turn_out >= 0 order by turn_out) end as nth_turn_out,
         case when feedback >= 0 then row_number() over (partition by grouping, key, feedback >= 0 order by feedback) end as nth_feedback,
         count(case when sign_for >= 0 then 1 end) over (partition by grouping, key) as of_sign_for,
         count(case when turn_out >= 0 then 1 end) over (partition by grouping, key) as of_turn_out,
         count(case when feedback >= 0 then 1 end) over (partition by grouping, key) as of_feedback
  from grouped)
select grouping, key, json_object(
  'opened', count(*), 'closed', sum(stands = 'closed'), 'open', sum(not ended),
  'overdue', coalesce(sum(not ended and runs_out < :now), 0),
  'onTime', sum(stands = 'closed' and kept), 'late', sum(stands = 'closed' and not kept),
  'cancelled', sum(stands = 'cancelled'), 'merged', sum(stands = 'merged'), 'returned', sum(stands = 'returned'),
  'transferred', sum(transferred), 'reopened', sum(reopened), 'escalated', sum(escalated), 'overrides', sum(overrides),
  'clockBack', coalesce(sum(sign_for < 0), 0) + coalesce(sum(turn_out < 0), 0) + coalesce(sum(feedback < 0), 0),
  'signFor', json_array(sum(coalesce(sign_for >= 0 and sign_for < 30000, 0)), sum(coalesce(sign_for >= 30000 and sign_for < 60000, 0)),
                        sum(coalesce(sign_for >= 60000 and sign_for < 120000, 0)),
                        sum(coalesce(sign_for >= 120000 and sign_for < 180000, 0)), sum(coalesce(sign_for >= 180000, 0))),
  'turnOut', json_array(sum(coalesce(turn_out >= 0 and turn_out < 300000, 0)), sum(coalesce(turn_out >= 300000 and turn_out < 600000, 0)),
                        sum(coalesce(turn_out >= 600000 and turn_out < 900000, 0)),
                        sum(coalesce(turn_out >= 900000 and turn_out < 1800000, 0)), sum(coalesce(turn_out >= 1800000, 0))),
  'feedback', json_array(sum(coalesce(feedback >= 0 and feedback < 1800000, 0)), sum(coalesce(feedback >= 1800000 and feedback < 3600000, 0)),
                         sum(coalesce(feedback >= 3600000 and feedback < 7200000, 0)),
                         sum(coalesce(feedback >= 7200000 and feedback < 14400000, 0)), sum(coalesce(feedback >= 14400000, 0))),
  'signForMedian', max(case when nth_sign_for = (of_sign_for - 1) / 2 + 1 then sign_for / 1000 end),
  'turnOutMedian', max(case when nth_turn_out = (of_turn_out - 1) / 2 + 1 then turn_out / 1000 end),
  'feedbackMedian', max(case when nth_feedback = (of_feedback - 1) / 2 + 1 then feedback / 1000 end))
from ranked group by grouping, key order by grouping, key;
