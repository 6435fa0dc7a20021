-- id: A8.24-02
-- title: Information travels over weak or expired transport protection.
-- ref: A.8.24, A.5.14, A.8.20
-- stages: gap internal stage2 surveillance
-- class: minor
-- subject: tls_endpoint
-- why: What is readable on the way needs no break-in. Minor; major for no protection or SSL 3 on an internet-facing service. TLS 1.2 is enough, 1.3 is
--   better.
-- fix: Switch old protocols off, renew the certificate, probe monthly.
-- note: An exception counts for the record it applies to, not for the whole system; one that names a control counts unless the Statement of
--   Applicability gives this control to other requirements alone. It excuses old protocols, not an expired certificate. A service never probed is late
--   once its record is older than the interval, or where that day is unknown.
select 'tls_endpoint' as kind, x.id as subject,
       x.host || ':'
         || substr(case when x.weak then ', accepts ' || case x.min_tls when 'none' then 'unprotected connections' when 'ssl3' then 'SSL 3' else 'TLS ' || x.min_tls end else '' end
           || case when x.certificate_expires_on < as_of() then ', certificate expired on ' || x.certificate_expires_on else '' end
           || case when x.stale then ', ' || coalesce('last probed on ' || x.last_probed_on, 'never probed') else '' end, 2) || '.' as detail,
       case when x.weak and x.min_tls in ('none', 'ssl3') and x.internet_facing then 'major' end as class
from (
  select t.*, s.internet_facing,
         case when t.min_tls in ('none', 'ssl3', '1.0', '1.1') and not exists (
                select 1 from waived_for w where w.subject = t.id and coalesce(w.control_ref, '8.24') in ('5.14', '8.20', '8.24')) then true else false end as weak,
         case when coalesce(t.last_probed_on, substr(nullif(t.created_at, ''), 1, 10), '0001-01-01') < add_days(as_of(), -p('tls_probe_days')) then true else false end as stale
  from tls_endpoint t
  join system_in_scope s on s.id = t.system
  where t.carries_sensitive
) x
where x.weak or x.certificate_expires_on < as_of() or x.stale
