-- id: CERT-17
-- title: The certificate is expired, withdrawn or suspended too long, or the certification mark is misused.
-- ref: ISO/IEC 17021-1 8.3, 9.6.3, 9.6.5
-- stages: surveillance
-- class: major
-- subject: certificate
-- why: Claims without a valid certificate mislead customers. Major for validity; misuse of the mark while certification is valid is a minor.
-- fix: Restore or re-certify, stop the claims, correct the use of the mark.
-- note: A certificate that follows another may run for 36 months from the old expiry.
select 'certificate' as kind, x.id as subject, 'Certificate ' || x.number || ': ' || substr(x.faults || coalesce(', mark misused: ' || x.uses, ''), 3) || '.' as detail,
       case when x.faults = '' then 'minor' end as class
from (
  select c.id, c.number,
         case when c.expires_on < as_of() and not exists (select 1 from certificate s where s.previous = c.id) then ', expired on ' || c.expires_on else '' end
         || case when c.status = 'suspended' and as_of() > add_months(c.suspended_on, 6) then ', suspended since ' || c.suspended_on else '' end
         || case when c.status = 'withdrawn' then ', withdrawn' else '' end
         || case when c.expires_on > add_months(case when o.expires_on > c.decision_on then o.expires_on else c.decision_on end, 36) then ', valid until ' || c.expires_on || ', more than 36 months' else '' end as faults,
         (select text_list(u.place || ' on ' || u.seen_on) from certificate__mark_uses u
          where u.record = c.id
            and (u.on_product or u.seen_on < c.issued_on or u.seen_on > c.expires_on
              or (c.status in ('suspended', 'withdrawn') and u.seen_on >= c.suspended_on))) as uses
  from certificate c
  left join certificate o on o.id = c.previous
) x
where x.faults <> '' or x.uses is not null
