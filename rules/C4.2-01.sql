-- id: C4.2-01
-- title: Interested parties relevant to the ISMS have not been determined
-- ref: 4.2 a
-- stages: gap internal stage1
-- class: major
-- subject: ORG
-- why: An entire requirement is missing, and the scope builds on it. Always major.
-- fix: Identify customers, regulators, staff, owners, suppliers and insurers and record which of them matter.
select 'organisation' as kind, 'ORG' as subject,
       case when exists (select 1 from interested_party)
            then 'None of the ' || cast((select count(*) from interested_party) as text) || ' interested parties recorded is marked as relevant.'
            else 'No interested party is recorded.' end as detail
where not exists (select 1 from interested_party i where i.relevant)
