-- id: A6.2-01
-- title: Security terms or the confidentiality undertaking are not agreed with a person.
-- ref: A.6.2, A.6.6, A.6.5
-- stages: gap internal stage2
-- class: minor
-- subject: person
-- why: What was never agreed cannot be enforced after the last day. Minor; one level up when more than 20 % of the people are concerned.
-- fix: Sign the terms.
-- escalation: E2
-- population: select count(*) from live_person h where h.in_scope
-- note: The 14 days for signing have to be over.
select 'person' as kind, x.id as subject,
       x.name || ', here since ' || x.start_date || ': '
         || case when x.agreements = 0 then 'no agreement signed'
                 else 'no agreement signed in time holds security terms, confidentiality and duties after the end' end || '.' as detail
from (
  select h.id, h.name, h.start_date, count(a.id) filter (where a.signed_on is not null) as agreements,
         count(a.id) filter (where a.signed_on <= add_days(h.start_date, 14) and a.security_terms and a.confidentiality_signed_on is not null and a.post_employment_terms) as full_agreements
  from live_person h
  left join employment_agreement a on a.person = h.id
  where h.in_scope and h.start_date < add_days(as_of(), -14)
  group by h.id, h.name, h.start_date
) x
where x.full_agreements = 0
