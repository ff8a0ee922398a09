create table "a.b" (id integer primary key, "c.d" text not null default '', "it's" text, "say ""hi""" text, "a b" text);
create index "i.j ""k""" on "a.b" ("it's", "say ""hi""");
create view "v'w" as select "it's", "c.d" from "a.b";
create trigger "g.h" after update of "c.d" on "a.b" begin update "a.b" set "it's" = new."say ""hi""" where id = new.id; end;
