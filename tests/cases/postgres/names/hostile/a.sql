create table "select" ("from" int);
