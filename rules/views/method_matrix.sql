-- The cells of a method's matrix, read from its JSON text: either rows of numbers (likelihood from the floor upwards, each row by
-- impact) or objects keyed by likelihood and impact. Values that are no numbers are left out; a fraction may be written with its
-- exponent, as 2.5E0.
with recursive scan(method, rest, depth, in_text, token, key_one, key_two, row_no, col_no, cell) as (
  select m.id, m.matrix, 0, 0, substr(m.matrix, 1, 0), substr(m.matrix, 1, 0), substr(m.matrix, 1, 0), 0, 0, substr(m.matrix, 1, 0)
  from risk_methodology m
  where m.formula = 'matrix' and m.matrix is not null
  union all
  select s.method, substr(s.rest, 2),
         case when s.in_text = 1 then s.depth
              when substr(s.rest, 1, 1) in ('[', '{') then s.depth + 1
              when substr(s.rest, 1, 1) in (']', '}') then s.depth - 1
              else s.depth end,
         case when substr(s.rest, 1, 1) = '"' then 1 - s.in_text else s.in_text end,
         case when substr(s.rest, 1, 1) in (',', ':', '[', ']', '{', '}', ' ', '"') then
                case when substr(s.rest, 1, 1) in (' ', '"') then s.token else '' end
              else s.token || substr(s.rest, 1, 1) end,
         case when substr(s.rest, 1, 1) = ':' and s.depth = 1 then s.token else s.key_one end,
         case when substr(s.rest, 1, 1) = ':' and s.depth = 2 then s.token
              when substr(s.rest, 1, 1) in ('[', '{') then ''
              else s.key_two end,
         case when substr(s.rest, 1, 1) = ',' and s.depth = 1 then s.row_no + 1 else s.row_no end,
         case when substr(s.rest, 1, 1) in ('[', '{') then 0
              when substr(s.rest, 1, 1) = ',' and s.depth = 2 then s.col_no + 1
              else s.col_no end,
         case when substr(s.rest, 1, 1) in (',', ']', '}') and s.depth = 2 then s.token else '' end
  from scan s
  where s.rest <> ''
)
select c.method,
       case when c.key_one = '' then m.likelihood_min + c.row_no else cast(c.key_one as bigint) end as likelihood,
       case when c.key_two = '' then m.impact_min + c.col_no - case when c.closing = 0 then 1 else 0 end
            else cast(c.key_two as bigint) end as impact,
       cast(c.cell as double precision) as score
from (
  select s.method, s.key_one, s.key_two, s.row_no, s.col_no, s.cell,
         case when s.depth = 1 then 1 else 0 end as closing
  from scan s
  where s.cell <> '' and s.cell not like 'E%' and ltrim(s.cell, '0123456789.') in ('', 'E-2', 'E-1', 'E0', 'E1', 'E2', 'E3') and ltrim(s.key_one, '0123456789') = '' and ltrim(s.key_two, '0123456789') = ''
) c
join risk_methodology m on m.id = c.method
