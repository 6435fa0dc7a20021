-- id: CERT-02
-- title: The certification body was chosen without enough comparable quotes, or without proof that it knows the sector and reaches the countries.
-- ref: programme, ISO/IEC 17021-1
-- stages: gap stage1
-- class: ofi
-- subject: certification_project
-- why: Quotes differ by a factor of two for the same work. OFI for their number; observation when sector or country is not covered.
-- fix: Obtain and compare quotes; have technical area and coverage confirmed in writing.
select 'certification_project' as kind, x.id as subject,
       'Contract of ' || x.contract_signed_on || ':'
         || substr(case when x.quotes < p('min_quotes') then ', quotes from accredited bodies before it: ' || cast(x.quotes as text) else '' end
           || case when x.sector_missing then ', sector ' || x.sector || ' is not among the technical areas of ' || x.body else '' end
           || coalesce(', no coverage of ' || x.countries, ''), 2) || '.' as detail,
       case when x.sector_missing or x.countries is not null then 'observation' end as class
from (
  select j.id, j.contract_signed_on, o.sector, b.name as body,
         (select count(distinct q.cb) from certification_quote q join certification_body a on a.id = q.cb
          where a.accredited_for_27001 and q.received_on <= j.contract_signed_on) as quotes,
         case when b.id is not null and not exists (select 1 from certification_body__sectors l where l.record = b.id and l.value = o.sector) then true else false end as sector_missing,
         (select text_list(distinct s.country) from open_site s
          where b.id is not null and not exists (select 1 from certification_body__countries l where l.record = b.id and l.value = s.country)) as countries
  from certification_project j
  left join organisation o on 1 = 1
  left join certification_body b on b.id = j.chosen_cb
  where j.contract_signed_on is not null
) x
where x.quotes < p('min_quotes') or x.sector_missing or x.countries is not null
