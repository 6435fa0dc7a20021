-- id: C6.1.3-d-10
-- title: The SoA was not reviewed since risks or scope moved on, or for too long
-- ref: 6.1.3 d, 8.2
-- stages: internal stage2 surveillance
-- class: minor
-- subject: statement_of_applicability
-- why: An SoA that lags behind the assessment and the scope describes yesterday's organisation. Minor; major when a certificate is held,
--   the SoA was not reviewed since the certification decision, and risks or scope have changed.
-- fix: Review every line against the latest assessment and the scope in force, and approve it again.
-- note: A SoA that has never been reviewed counts from its approval.
with judged as (
  select s.id, s.version, coalesce(s.last_reviewed_on, s.approved_on) as reviewed, r.performed_on, c.effective_on as scope_on
  from current_soa s
  left join latest_run r on true
  left join current_scope c on true
), reason as (
  select j.id, j.version, j.reviewed, j.performed_on, j.scope_on,
         case when j.reviewed is null or days_between(j.reviewed, as_of()) > p('soa_review_days') then 1 else 0 end as old,
         case when (j.reviewed is null or j.reviewed < j.performed_on) and days_between(j.performed_on, as_of()) > p('soa_align_days') then 1 else 0 end as behind_run,
         case when (j.reviewed is null or j.reviewed < j.scope_on) and days_between(j.scope_on, as_of()) > p('soa_align_days') then 1 else 0 end as behind_scope
  from judged j
)
select 'statement_of_applicability' as kind, x.id as subject,
       'Version ' || coalesce(cast(x.version as text), '?') || ' of the SoA was ' || coalesce('last reviewed on ' || x.reviewed, 'never reviewed')
       || case when x.behind_run = 1 then '; risk assessment performed on ' || x.performed_on else '' end
       || case when x.behind_scope = 1 then '; scope in force since ' || x.scope_on else '' end || '.' as detail,
       case when x.behind_run + x.behind_scope > 0
             and exists (select 1 from certificate c where c.status in ('active', 'suspended', 'reduced')
                         and (x.reviewed is null or x.reviewed < c.decision_on))
            then 'major' end as class
from reason x
where x.old + x.behind_run + x.behind_scope > 0
