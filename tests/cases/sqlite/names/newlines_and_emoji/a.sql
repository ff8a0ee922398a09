create table "täble 🦀" (id integer primary key, "two
lines" text);
