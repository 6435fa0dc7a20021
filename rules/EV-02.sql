-- id: EV-02
-- title: The evidence of a control is stale
-- ref: 8.1, 9.1
-- stages: internal stage2 surveillance
-- class: minor
-- subject: control
-- judges: each record alone
-- through: evidence.controls soa_entry.control
-- why: The newest accepted record is older than the control's cadence allows, so its operation today is not shown. Minor; major for a key
--   control when older than three times its window; when at least three and more than 20 % of the claimed recurring controls are affected,
--   one class higher.
-- fix: Collect the evidence of the current period and have it accepted.
-- escalation: E2
-- population: select count(*) from claimed_control where frequency <> 'event'
-- note: A control that began to operate within its window is not yet late. A valid exception on the control itself silences the rule.
with newest as (
  select e.control, max(e.period_end) as period_end from control_evidence e where asked(e.control) and e.standing group by e.control
)
select 'control' as kind, c.id as subject,
       'The newest accepted evidence of control "' || coalesce(c.title, 'unnamed') || '" (' || coalesce(c.frequency, 'unnamed') || ') ends on ' || n.period_end || ', '
       || cast(days_between(n.period_end, as_of()) as text) || ' days ago; it should not be older than ' || cast(w.window_days as text) || ' days.' as detail,
       case when c.key_control and days_between(n.period_end, as_of()) > 3 * w.window_days then 'major' end as class
from claimed_control c
join control_window w on w.control = c.id
join newest n on n.control = c.id
where c.frequency <> 'event'
  and days_between(n.period_end, as_of()) > w.window_days
  and (c.operational_since is null or days_between(c.operational_since, as_of()) > w.window_days)
  and not exists (select 1 from waived x where x.subject = c.id)
