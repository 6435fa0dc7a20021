-- id: CERT-23
-- title: A nonconformity at one site was not examined for the others.
-- ref: IAF MD 1, 10.2 b
-- stages: internal stage2 surveillance
-- class: minor
-- subject: nonconformity
-- why: The body withholds the certificate for the whole organisation while a site's nonconformity stands. Minor.
-- fix: Review the other sites and correct there too.
select 'nonconformity' as kind, n.id as subject,
       'Nonconformity on ' || n.ref || ' at "' || coalesce(s.name, n.site) || '" of ' || n.raised_on || ' stands at "' || replace(n.status, '_', ' ') || '"; the other sites were not examined.' as detail
from nonconformity n
left join site s on s.id = n.site
where n.site is not null and n.source in ('internal_audit', 'external_audit') and n.status not in ('open', 'root_cause', 'cancelled')
  and n.extent_checked_on is null and (select count(*) from open_site o) > 1
