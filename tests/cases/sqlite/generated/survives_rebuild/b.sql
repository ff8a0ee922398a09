create table t (a text not null, b text as (upper(a)) stored, c text as (lower(a)), d text);
