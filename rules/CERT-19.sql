-- id: CERT-19
-- title: The certificate no longer matches scope, sites, Statement of Applicability or edition.
-- ref: ISO/IEC 17021-1 8.2, ISO/IEC 27006-1 8.2
-- stages: surveillance
-- class: minor
-- subject: certificate
-- why: Customers read the certificate, not the register. Minor; major for a withdrawn edition or a certified site that no longer operates the ISMS.
-- fix: Ask for a new issue or a change of scope.
-- note: A version of the Statement of Applicability that is no longer in the register counts as changed.
select 'certificate' as kind, x.id as subject,
       'Certificate ' || x.number || ':'
         || substr(case when x.scope_differs then ', scope text differs from scope version ' || cast(x.scope_version as text) else '' end
           || coalesce(', not on it: ' || x.missing, '') || coalesce(', no longer in scope: ' || x.gone, '')
           || case when x.soa_differs then ', names Statement of Applicability ' || cast(x.soa_version as text) || ', current is ' || cast(x.current_soa_version as text) else '' end
           || case when x.withdrawn then ', edition ' || x.edition || ' is withdrawn' else '' end, 2) || '.' as detail,
       case when x.withdrawn or x.gone is not null then 'major' end as class
from (
  select c.id, c.number, c.edition, c.soa_version, s.version as scope_version, v.version as current_soa_version,
         case when words(c.scope_text) <> words(s.text) then true else false end as scope_differs,
         (select text_list(o.name) from open_site o
          where (o.joined_scope_on is null or o.joined_scope_on <= add_days(as_of(), -p('cb_notify_days')))
            and not exists (select 1 from certificate__sites l where l.record = c.id and l.value = o.id)) as missing,
         (select text_list(coalesce(t.name, l.value)) from certificate__sites l left join site t on t.id = l.value
          where l.record = c.id and not exists (select 1 from open_site o where o.id = l.value)) as gone,
         case when c.soa_version <> v.version and (
                not exists (select 1 from statement_of_applicability b where b.version = c.soa_version)
                or exists (
                  select 1 from current_soa_entry e
                  where e.applicability = 'applicable' and not exists (
                    select 1 from soa_entry f join statement_of_applicability b on b.id = f.soa
                    where b.version = c.soa_version and f.control_ref = e.control_ref and f.applicability = 'applicable'))
                or exists (
                  select 1 from soa_entry f join statement_of_applicability b on b.id = f.soa
                  where b.version = c.soa_version and f.applicability = 'applicable' and not exists (
                    select 1 from current_soa_entry e where e.control_ref = f.control_ref and e.applicability = 'applicable'))) then true else false end as soa_differs,
         case when c.edition like '%2013%' and as_of() > '2025-10-31' then true else false end as withdrawn
  from certificate c
  left join current_scope s on 1 = 1
  left join current_soa v on 1 = 1
  where c.status = 'active'
) x
where x.scope_differs or x.missing is not null or x.gone is not null or x.soa_differs or x.withdrawn
