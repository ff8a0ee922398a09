create table t (id integer primary key, a text);
create view top_level as select * from middle;
create view middle (x, y) as with c as (select id, a from t) select id, a from c where a <> '; --';
