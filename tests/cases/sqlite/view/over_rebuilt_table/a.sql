create table t (id integer primary key, a text);
CREATE VIEW "my view"  AS
  SELECT t.id,   -- the key
         upper(t.a) AS a
    FROM t /* only this */ WHERE a <> 'x';
create view above as select count(*) as n from "my view";
