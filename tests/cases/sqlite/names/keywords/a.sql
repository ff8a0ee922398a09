create table "order" (id integer primary key, "select" text, "check" text);
create table "table" ("index" integer primary key, "from" int references "order" (id));
