-- id: C7.2-02
-- title: There is no evidence that the holder of a security role is competent, or training given to close a gap was never evaluated.
-- ref: 7.2 b, 7.2 c, 7.2 d
-- stages: internal stage2
-- class: minor
-- subject: role_assignment
-- why: The four roles the ISMS hangs on must be filled by people whose competence can be shown, not assumed. Minor when the evidence is missing;
--   observation when only the evaluation of a finished training is.
-- fix: Record education, training or experience with the proof; train where it falls short; evaluate the result within 90 days of the training.
select 'role_assignment' as kind, x.id as subject,
       case when not x.shown
            then x.name || ' holds the role ' || replace(x.role, '_', ' ') || ' since ' || x.assigned_on || ' without a valid competence record that has evidence and no open gap.'
            else 'The training of ' || x.name || ' for the role ' || replace(x.role, '_', ' ') || ' ended on ' || x.trained_on || ' and its effect has not been evaluated.' end as detail,
       case when x.shown then 'observation' end as class
from (
  select a.id, a.role, a.assigned_on, coalesce(h.name, a.person) as name,
         exists (
           select 1 from competence_record r
           where r.person = a.person and r.role = a.role and r.evidence is not null
             and (r.valid_to is null or r.valid_to >= as_of())
             and (blank(r.gap_action) or r.gap_action_completed_on is not null)) as shown,
         (select min(r.gap_action_completed_on) from competence_record r
          where r.person = a.person and r.role = a.role
            and r.gap_action_completed_on < add_days(as_of(), -90)
            and r.effectiveness_evaluated_on is null) as trained_on
  from role_assignment a
  left join person h on h.id = a.person
  where a.ended_on is null and a.assigned_on <= as_of()
    and a.role in ('isms_owner', 'security_officer', 'internal_audit_lead', 'incident_manager')
) x
where not x.shown or x.trained_on is not null
