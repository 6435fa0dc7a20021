-- id: A8.7-02
-- title: Protection content on an endpoint is out of date.
-- ref: A.8.7
-- stages: internal stage2 surveillance
-- class: minor
-- subject: endpoint
-- why: A scanner with last month's signatures finds last month's malware. Observation when isolated, minor above 5 % of the endpoints.
-- fix: Repair the updating.
select 'endpoint' as kind, x.id as subject, 'Endpoint "' || x.name || '", seen at ' || x.last_seen_at || ', ' || coalesce('was last updated at ' || x.signatures_updated_at, 'was never updated') || '.' as detail,
       case when x.failing * 100 <= 5 * x.endpoints then 'observation' end as class
from (
  select q.*, count(*) over () as endpoints, sum(case when q.stale then 1 else 0 end) over () as failing
  from (
    select e.id, coalesce(a.name, e.asset) as name, e.last_seen_at, e.signatures_updated_at,
           case when hours_between(e.last_seen_at, as_of() || 'T12:00:00Z') <= 24
                 and (e.signatures_updated_at is null or hours_between(e.signatures_updated_at, as_of() || 'T12:00:00Z') > p('signature_hours')) then true else false end as stale
    from endpoint e
    left join asset a on a.id = e.asset
    where e.edr_installed and e.status = 'active' and e.in_scope
  ) q
) x
where x.stale
