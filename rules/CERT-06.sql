-- id: CERT-06
-- title: Stage 1 is booked although the documents it examines are not ready.
-- ref: ISO/IEC 17021-1 9.3.1.2
-- stages: stage1
-- class: minor
-- subject: ORG
-- why: Stage 1 reads documents; without them it ends "not ready" and costs the fee again. Minor for the programme.
-- fix: Finish the documents listed, or move Stage 1.
select 'organisation' as kind, 'ORG' as subject, 'Stage 1 is planned for ' || x.held_on || '; missing: ' || substr(x.missing, 3) || '.' as detail
from (
  select s.held_on,
         case when not exists (select 1 from current_scope) then ', approved scope' else '' end
         || case when not exists (select 1 from security_policy) then ', information security policy' else '' end
         || case when not exists (select 1 from current_methodology) then ', approved risk method' else '' end
         || case when not exists (select 1 from latest_run r where r.report is not null) then ', report of a risk assessment' else '' end
         || case when not exists (select 1 from current_plan) then ', approved treatment plan' else '' end
         || case when not exists (select 1 from current_soa) then ', approved Statement of Applicability' else '' end
         || case when not exists (select 1 from current_programme) then ', approved audit programme' else '' end
         || case when not exists (
                   select 1 from management_review r
                   where coalesce(r.held_on, r.planned_on) <= coalesce((select t.held_on from stage2_audit t), '9999-12-31')) then ', management review before Stage 2' else '' end as missing
  from stage1_audit s
  where s.status in ('planned', 'confirmed') and s.planned_start <= add_days(as_of(), p('stage1_lead_days'))
) x
where x.missing <> ''
