-- id: C6.1.2-a-03
-- title: The method does not say when risks are assessed or what its levels mean
-- ref: 6.1.2 a 2, 8.2
-- stages: gap internal stage1
-- class: minor
-- subject: risk_methodology
-- why: Without an interval, triggers and described levels, assessments happen by chance and scores are a matter of taste. Minor.
-- fix: State the interval and the changes that trigger an assessment, and describe each level by something that can be observed.
select 'risk_methodology' as kind, m.id as subject,
       'Version ' || coalesce(cast(m.version as text), '?') || ' of the risk method lacks: '
       || substr(case when blank(m.assessment_criteria) then ', criteria for when and how to assess' else '' end
                 || case when m.reassessment_interval_days is null then ', the reassessment interval' else '' end
                 || case when not m.level_definitions then ', descriptions of the scale levels' else '' end, 3) || '.' as detail
from current_methodology m
where blank(m.assessment_criteria) or m.reassessment_interval_days is null or not m.level_definitions
