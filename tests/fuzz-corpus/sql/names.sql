create table "täble 🦀" (id integer primary key, "two
lines" integer, "tab	here" text, "名前" text unique, "\n" text);
create index "Ω" on "täble 🦀" ("名前", "two
lines");
create view "👀" as select "名前" as "שם" from "täble 🦀";
