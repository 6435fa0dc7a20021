-- id: CERT-18
-- title: A significant change was not notified to the certification body.
-- ref: ISO/IEC 17021-1 8.5.3
-- stages: surveillance
-- class: minor
-- subject: isms_change
-- why: The certificate covers what the body knows. Minor; an auditor may grade it major when a site or activity is meanwhile advertised as certified.
-- fix: Notify; agree a special audit if needed.
select 'isms_change' as kind, x.id as subject,
       'Change "' || x.title || '" was implemented on ' || x.implemented_on || ' and ' || coalesce('notified only on ' || x.cb_notified_on, 'not notified') || '; due by ' || add_days(x.implemented_on, p('cb_notify_days')) || '.' as detail
from isms_change x
cross join current_certificate c
where x.affects_scope and x.implemented_on <= add_days(as_of(), -p('cb_notify_days')) and x.implemented_on > c.decision_on
  and (x.cb_notified_on is null or x.cb_notified_on > add_days(x.implemented_on, p('cb_notify_days')))
