-- id: C4.1-03
-- title: It has not been determined whether climate change is a relevant issue
-- ref: 4.1 (Amd 1)
-- stages: gap internal stage1 surveillance
-- class: minor
-- subject: ORG
-- why: The amendment of 2024 asks every organisation for this determination, without a transition period. Minor: it rarely endangers the
--   ISMS.
-- fix: Record the determination, yes or no, with the reasons.
select 'organisation' as kind, 'ORG' as subject,
       case when exists (select 1 from context_issue c where c.topic = 'climate_change')
            then 'An issue on climate change is recorded, but not whether it is relevant.'
            else 'No issue on climate change is recorded.' end as detail
where not exists (select 1 from context_issue c where c.topic = 'climate_change' and c.relevant is not null)
