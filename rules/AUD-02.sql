-- id: AUD-02
-- title: Internal audits were not held at the planned interval.
-- ref: 9.2.1
-- stages: gap internal stage1 stage2 surveillance
-- class: major
-- subject: ORG
-- why: An audit that slips again and again is an audit that does not happen. Major because 9.2 is not operated; minor while a completed audit is less than
--   60 days late; a single slipped audit while the interval still holds is an observation.
-- fix: Carry out the audit that is due; move a planned one only with a replacement inside the interval.
-- note: The first interval runs from the day the ISMS began to operate. Slipped audits are minor when there are several or the interval no longer holds.
select 'organisation' as kind, 'ORG' as subject,
       case when x.latest is null then 'No internal audit has been completed and reported.'
            else 'The latest completed internal audit ended on ' || x.latest || '; the interval is ' || cast(x.frequency as text) || ' days, so it is '
              || cast(days_between(x.latest, as_of()) - x.frequency as text) || ' days late.' end as detail,
       case when days_between(x.latest, as_of()) - x.frequency < 60 then 'minor' end as class
from (
  select coalesce((select g.frequency_days from current_programme g), cast(p('ia_interval_days') as bigint)) as frequency,
         (select max(a.ended_on) from internal_audit_done a where a.ended_on <= as_of()) as latest,
         (select min(o.isms_operational_since) from organisation o) as since
) x
where (x.latest is null or x.latest < add_days(as_of(), -x.frequency - p('audit_slip_days')))
  and (x.since is null or x.since < add_days(as_of(), -x.frequency - p('audit_slip_days')))
union all
select 'audit', a.id,
       'The internal audit planned for ' || a.planned_start || ' has not begun, ' || cast(days_between(a.planned_start, as_of()) as text) || case when days_between(a.planned_start, as_of()) = 1 then ' day' else ' days' end || ' later.',
       case when y.slipped = 1 and y.latest >= add_days(as_of(), -y.frequency - p('audit_slip_days')) then 'observation' else 'minor' end
from audit a
cross join (
  select count(*) filter (where b.status in ('planned', 'confirmed') and b.planned_start < add_days(as_of(), -p('audit_slip_days'))) as slipped,
         max(case when b.status in ('reported', 'closed') and b.ended_on <= as_of() then b.ended_on end) as latest,
         coalesce((select g.frequency_days from current_programme g), cast(p('ia_interval_days') as bigint)) as frequency
  from audit b
  where b.kind = 'internal'
) y
where a.kind = 'internal' and a.status in ('planned', 'confirmed') and a.planned_start < add_days(as_of(), -p('audit_slip_days'))
