-- id: C7.5.3-02
-- title: A document is not protected as its class demands, or an external document is not controlled.
-- ref: 7.5.3 b
-- stages: internal stage2
-- class: minor
-- subject: document
-- why: A label without a lock is decoration. Minor.
-- fix: Restrict access to named groups; register external documents with an owner.
select 'document' as kind, d.id as subject,
       'Document "' || d.title || '":'
         || substr(case when d.classification in ('confidential', 'restricted') then
                     case when not exists (select 1 from document__access_groups l where l.record = d.id) then ', ' || d.classification || ' without access groups'
                          when exists (select 1 from document__access_groups l where l.record = d.id and lower(l.value) = 'everyone') then ', ' || d.classification || ' but readable by everyone' else '' end else '' end
           || case when d.external_origin and d.owner is null then ', of external origin without an owner' else '' end, 2) || '.' as detail
from live_document d
where (d.classification in ('confidential', 'restricted')
    and (not exists (select 1 from document__access_groups l where l.record = d.id)
      or exists (select 1 from document__access_groups l where l.record = d.id and lower(l.value) = 'everyone')))
   or (d.external_origin and d.owner is null)
