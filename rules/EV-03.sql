-- id: EV-03
-- title: A recurring control has holes in its evidence
-- ref: 8.1, 9.1
-- stages: internal stage2 surveillance
-- class: minor
-- subject: control
-- judges: each record alone
-- through: evidence.controls soa_entry.control
-- why: A control that runs monthly but shows only some of the months was not performed as planned. Minor. The open end up to today is the
--   matter of EV-02.
-- fix: Explain the gap honestly and restore the cadence.
-- note: Counts whole uncovered days in the year up to today, from the first day of operation. Controls without any accepted evidence are
--   left to EV-01 and EV-04. A valid exception on the control itself silences the rule.
select 'control' as kind, x.id as subject,
       'Control "' || coalesce(x.title, 'unnamed') || '" (' || coalesce(x.frequency, 'unnamed') || ') shows no accepted evidence for '
       || x.holes || '; a gap may not exceed ' || cast(x.window_days as text) || ' days.' as detail
from (
  select s.id, s.title, s.frequency, s.window_days,
         (select text_list(h.hole_start || ' to ' || h.hole_end)
          from (
            select case when p.covered_to is null then s.since else add_days(p.covered_to, 1) end as hole_start, add_days(p.period_start, -1) as hole_end,
                   case when p.covered_to is null then days_between(s.since, p.period_start) else days_between(p.covered_to, p.period_start) - 1 end as days
            from (
              select e.period_start, max(e.period_end) over (order by e.period_start, e.period_end, e.id rows between unbounded preceding and 1 preceding) as covered_to
              from evidence__controls l
              cross join evidence e
              where l.value = s.id and e.id = l.record and e.review_status = 'accepted' and e.period_start <= as_of() and e.period_end >= s.since
            ) p
          ) h
          where h.days > s.window_days) as holes
  from (
    select c.id, c.title, c.frequency, w.window_days,
           case when c.operational_since > add_days(as_of(), -365) then c.operational_since else add_days(as_of(), -365) end as since
    from claimed_control c
    join control_window w on w.control = c.id
    where c.frequency in ('weekly', 'monthly', 'quarterly', 'semiannual')
      and not exists (select 1 from waived x where x.subject = c.id)
  ) s
) x
where x.holes is not null
