-- id: A5.1-02
-- title: A topic policy is not acknowledged by those it binds.
-- ref: A.5.1, A.5.10
-- stages: internal stage2 surveillance
-- class: minor
-- subject: document
-- why: A policy nobody confirmed is hard to hold anyone to. Minor; observation within three points of the limit, major under 60 %.
-- fix: Request the acknowledgements and chase the missing ones.
-- note: A person counts from the request, or where none was sent from the later of first day and effective date. Versions with the same major number need
--   no new acknowledgement.
select 'document' as kind, x.id as subject,
       cast(x.confirmed as text) || ' of ' || cast(x.people as text) || ' people (' || cast(x.confirmed * 100 / x.people as text) || ' %) have acknowledged "' || x.title || '" version '
         || x.effective_label || ', ' || cast(cast(p('ack_min_pct') as bigint) as text) || ' % are needed. Missing: ' || x.missing || '.' as detail,
       case when x.confirmed * 100 < 60 * x.people then 'major'
            when x.confirmed * 100 >= (p('ack_min_pct') - 3) * x.people then 'observation' end as class
from (
  select q.id, q.title, q.effective_label, count(*) as people, count(*) filter (where q.acknowledged_on is not null) as confirmed,
         text_list(case when q.acknowledged_on is null then q.name end) as missing
  from (
    select d.id, d.title, d.effective_label, h.name, h.start_date, d.effective_on,
           min(k.requested_on) as requested_on, max(k.acknowledged_on) as acknowledged_on
    from live_document d
    cross join available_person h
    left join (
      select k.person, k.requested_on, k.acknowledged_on, w.document, w.version || '.' as label
      from acknowledgement k
      join document_version w on w.id = k.document_version
    ) k on k.person = h.id and k.document = d.id
       and case when d.effective_label || '.' like '_.%' then substr(k.label, 1, 2) = substr(d.effective_label || '.', 1, 2)
                when d.effective_label || '.' like '__.%' then substr(k.label, 1, 3) = substr(d.effective_label || '.', 1, 3)
                when d.effective_label || '.' like '___.%' then substr(k.label, 1, 4) = substr(d.effective_label || '.', 1, 4)
                else k.label = d.effective_label || '.' end
    where d.kind = 'topic_policy' and d.audience = 'all_staff' and h.in_scope
    group by d.id, d.title, d.effective_label, d.effective_on, h.id, h.name, h.start_date
  ) q
  where coalesce(q.requested_on, case when q.start_date > q.effective_on then q.start_date else q.effective_on end) < add_days(as_of(), -p('ack_grace_days'))
  group by q.id, q.title, q.effective_label
) x
where x.confirmed * 100 < p('ack_min_pct') * x.people
