-- id: A8.16-01
-- title: One of the four alert categories is not covered by a tuned and tested rule.
-- ref: A.8.16
-- stages: gap internal stage2 surveillance
-- class: minor
-- subject: alert category
-- why: A rule that was never seen to fire may never fire. Minor; major when two or more categories are missing.
-- fix: Create the rule, tune it, let it fire in a test.
select 'alert category' as kind, x.category as subject,
       'No enabled rule for ' || replace(x.category, '_', ' ') || ' fired in a test since ' || add_days(as_of(), -p('rule_test_days')) || ' and was tuned since ' || add_days(as_of(), -p('rule_tune_days')) || '.' as detail,
       case when count(*) over () >= 2 then 'major' end as class
from (
  select v.column1 as category
  from (values ('auth_failure'), ('privilege_escalation'), ('data_exfiltration'), ('config_change')) as v
  where not exists (
    select 1 from detection_rule d
    where d.category = v.column1 and d.enabled
      and d.last_test_fired_on >= add_days(as_of(), -p('rule_test_days')) and d.last_tuned_on >= add_days(as_of(), -p('rule_tune_days')))
) x
