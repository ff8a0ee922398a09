create table "a.b" (id integer primary key, "c.d" text);
