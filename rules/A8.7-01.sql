-- id: A8.7-01
-- title: An endpoint is unprotected, unmanaged, silent or unencrypted.
-- ref: A.8.7, A.8.1
-- stages: gap internal stage2 surveillance
-- class: minor
-- subject: endpoint
-- why: The weakest laptop is the way in. Minor; major when fewer than 85 % of the endpoints are in order; at most two cases and at most 2 % of the
--   endpoints are an observation.
-- fix: Install, enrol, encrypt, or record an exception with a counterweight.
-- note: Isolated is what leaves the coverage at or above edr_min_pct. An exception may name the endpoint or its asset. An endpoint never seen counts from the day its asset was registered or discovered.
select 'endpoint' as kind, x.id as subject, 'Endpoint "' || x.name || '"' || coalesce(' of ' || x.user_name, '') || ': ' || substr(x.faults, 3) || '.' as detail,
       case when x.failing * 100 > 15 * x.endpoints then 'major'
            when x.failing <= 2 and x.failing * 100 <= 2 * x.endpoints and (x.endpoints - x.failing) * 100 >= p('edr_min_pct') * x.endpoints then 'observation' end as class
from (
  select q.*, count(*) over () as endpoints, sum(case when q.faults <> '' then 1 else 0 end) over () as failing
  from (
    select e.id, coalesce(a.name, e.asset) as name, h.name as user_name,
           case when exists (select 1 from waived w where w.subject = e.id or w.subject = e.asset) then ''
                else case when not e.edr_installed then ', no protection installed' else '' end
                  || case when not e.centrally_managed then ', not managed centrally' else '' end
                  || case when e.last_seen_at is null and coalesce(a.registered_on, a.discovered_on, '0001-01-01') < add_days(as_of(), -p('edr_silent_days')) then ', never seen'
                          when hours_between(e.last_seen_at, as_of() || 'T12:00:00Z') > 24 * p('edr_silent_days') then ', silent since ' || e.last_seen_at else '' end
                  || case when e."user" is not null and not e.disk_encrypted then ', disk not encrypted' else '' end
           end as faults
    from endpoint e
    left join asset a on a.id = e.asset
    left join person h on h.id = e."user"
    where e.status = 'active' and e.in_scope
  ) q
) x
where x.faults <> ''
