-- id: A5.31-01
-- title: Legal and contractual requirements are not identified or not kept current.
-- ref: A.5.31, 4.2
-- stages: gap internal stage1 stage2
-- class: minor
-- subject: obligation
-- why: Not knowing the law is no defence, and no plan either. Minor; major when none is identified; observation for a missing contact.
-- fix: Complete the register and review it yearly.
select 'organisation' as kind, 'ORG' as subject, 'No applicable obligation is registered.' as detail, 'major' as class
from organisation o
where not exists (select 1 from obligation b where b.applicable)
union all
select 'obligation', b.id,
       'Obligation "' || b.title || '":'
         || substr(case when b.owner is null then ', no owner' else '' end
           || case when blank(b.compliance_approach) then ', no approach' else '' end
           || case when b.reviewed_on is null or b.reviewed_on < add_days(as_of(), -p('obligation_days')) then ', ' || coalesce('last reviewed on ' || b.reviewed_on, 'never reviewed') else '' end
           || case when b.notification_hours is not null and blank(b.notification_contact) then ', notification within ' || cast(cast(b.notification_hours as bigint) as text) || ' h but no contact' else '' end, 2) || '.',
       case when b.owner is not null and not blank(b.compliance_approach) and b.reviewed_on >= add_days(as_of(), -p('obligation_days')) then 'observation' end
from obligation b
where b.applicable
  and (b.owner is null or blank(b.compliance_approach) or b.reviewed_on is null or b.reviewed_on < add_days(as_of(), -p('obligation_days'))
    or (b.notification_hours is not null and blank(b.notification_contact)))
