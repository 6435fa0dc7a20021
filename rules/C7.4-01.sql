-- id: C7.4-01
-- title: The need for communication is not determined.
-- ref: 7.4
-- stages: internal stage1
-- class: minor
-- subject: communication_item
-- why: In an incident it is too late to ask who tells whom. Minor when nothing is determined, observation for gaps in single lines.
-- fix: Settle on what, when, with whom and how to communicate.
select 'organisation' as kind, 'ORG' as subject, 'No line of a communication plan exists.' as detail, cast(null as text) as class
from organisation o
where not exists (select 1 from communication_item c)
union all
select 'communication_item', c.id,
       'Line "' || coalesce(c.topic, '') || '" lacks:'
         || substr(case when blank(c.topic) then ', on what' else '' end || case when blank(c.audience) then ', with whom' else '' end
           || case when blank(c.timing) then ', when' else '' end || case when blank(c.channel) then ', how' else '' end, 2) || '.', 'observation'
from communication_item c
where blank(c.topic) or blank(c.audience) or blank(c.timing) or blank(c.channel)
