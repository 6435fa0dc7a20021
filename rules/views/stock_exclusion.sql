-- Phrases that say no more than that a control is excluded, in the form words() gives (rulebook C6.1.3-d-04).
select v.column1 as phrase
from (values
  ('not applicable'), ('n a'), ('na'), ('none'), ('not needed'), ('not required'), ('not relevant'), ('not used'), ('no need'), ('out of scope'),
  ('does not apply'), ('not applicable to us'), ('not applicable to our organisation'), ('not applicable to our organization'),
  ('not applicable to the organisation'), ('not applicable to the organization'), ('not applicable for our organisation'),
  ('this control is not applicable'), ('the control is not applicable'), ('control is not applicable'), ('this control is not needed'),
  ('the control is not needed'), ('not needed in our organisation'), ('not needed by our organisation'), ('not relevant for our organisation'),
  ('not relevant to our organisation'), ('this control does not apply to us')) as v
