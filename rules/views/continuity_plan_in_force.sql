-- Continuity and recovery plans whose document has a version in force, with its title and the day it took effect (rulebook A5.30-01, A5.30-02).
select c.*, d.title as document_title, e.effective_on
from continuity_plan c
join document_version v on v.id = c.document_version
join document d on d.id = v.document
join effective_version e on e.document = v.document
