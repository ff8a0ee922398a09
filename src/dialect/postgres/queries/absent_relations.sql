-- Which of some names no relation has.
select named.at
from (values /* names */) named (at, there)
where named.there is null
