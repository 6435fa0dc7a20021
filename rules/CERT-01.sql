-- id: CERT-01
-- title: The certification body's accreditation does not carry an ISMS certificate.
-- ref: ISO/IEC 17021-1, ISO/IEC 27006-1
-- stages: gap stage1
-- class: major
-- subject: certification_body
-- why: A certificate without a recognised accreditation behind it is paper. Major for the programme, not a nonconformity of the ISMS; observation when
--   only our own look-up is old or missing.
-- fix: Verify in the accreditor's directory that the scope includes ISMS; change the body if need be.
select 'certification_body' as kind, b.id as subject,
       b.name || ':'
         || substr(case when blank(b.accreditation_body) then ', no accreditation body' else '' end
           || case when not b.accredited_for_27001 then ', not accredited for ISMS' else '' end
           || case when not b.mra_signatory then ', accreditor does not sign the international arrangement' else '' end
           || case when b.accreditation_valid_to < as_of() then ', accreditation ended on ' || b.accreditation_valid_to else '' end
           || case when b.accreditation_verified_on is null then ', never verified by us'
                   when b.accreditation_verified_on < add_days(as_of(), -365) then ', last verified by us on ' || b.accreditation_verified_on else '' end, 2) || '.' as detail,
       case when not blank(b.accreditation_body) and b.accredited_for_27001 and b.mra_signatory
             and (b.accreditation_valid_to is null or b.accreditation_valid_to >= as_of()) then 'observation' end as class
from certification_body b
where (b.id in (select j.chosen_cb from certification_project j where j.chosen_cb is not null)
    or b.id in (select c.cb from certificate c where c.status in ('active', 'suspended', 'reduced')))
  and (blank(b.accreditation_body) or not b.accredited_for_27001 or not b.mra_signatory or b.accreditation_valid_to < as_of()
    or b.accreditation_verified_on is null or b.accreditation_verified_on < add_days(as_of(), -365))
