create table t (a text, b text as (upper(a)) stored, c text as (lower(a)), d integer);
