create table "t; drop table x; --" (id integer primary key, "a) values (1" integer, "'; select 1" text, "/*" text, "check (1)" text);
create table x (id integer primary key);
create index "on t (a); --" on "t; drop table x; --" ("/*");
