create table t (id integer primary key, a default Foo, b default [Bar], c default CURRENT_DATE);
