create table note (id integer primary key, body text);
create virtual table search using fts5(body, prefix = 2);
create trigger note_found after insert on note begin insert into search (rowid, body) values (new.id, new.body); end;
create view found as select body from search;
