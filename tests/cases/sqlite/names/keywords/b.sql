create table "order" (id integer primary key, "select" integer, "check" text check ("check" <> ''), "references" text, "constraint" text, "primary" text unique);
create table "table" ("index" integer primary key, "from" int references "order" (id), "default" text default 'x', "as" int generated always as ("from" + 1));
create index "where" on "order" ("select") where "select" > 1;
create view "group" as select "select", "check" from "order";
