-- id: AUD-07
-- title: Criteria or scope of an internal audit are undefined, or the method is not settled.
-- ref: 9.2.2 a
-- stages: internal stage1 stage2
-- class: minor
-- subject: audit
-- why: An audit without criteria has nothing to measure against. Minor; observation when only the feasibility of remote methods was not judged (guidance
--   of ISO 19011, not a requirement).
-- fix: Define criteria and scope in the audit plan before the audit begins; record why remote methods are suitable.
select 'audit' as kind, x.id as subject, 'Internal audit begun on ' || x.started_on || ': ' || substr(x.faults, 3) || '.' as detail,
       case when x.plain = '' then 'observation' end as class
from (
  select q.id, q.started_on, q.plain,
         q.plain || case when q.method in ('remote', 'hybrid') and not q.remote_feasibility_recorded then ', ' || q.method || ' methods without recorded feasibility' else '' end as faults
  from (
    select a.id, a.started_on, a.method, a.remote_feasibility_recorded,
           case when blank(a.criteria) then ', no criteria' else '' end
           || case when not exists (select 1 from audit__scope_clauses l where l.record = a.id)
                    and not exists (select 1 from audit__scope_controls l where l.record = a.id) then ', neither clauses nor controls in scope' else '' end as plain
    from audit a
    where a.kind = 'internal' and a.status <> 'cancelled' and a.started_on is not null
  ) q
) x
where x.faults <> ''
