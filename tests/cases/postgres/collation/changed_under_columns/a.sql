create collation sorted (provider = libc, locale = 'C');
create domain label as text collate sorted check (value <> '');
create table t (id int primary key, name varchar(9) collate sorted not null default 'x', other text collate sorted, tag label, plain text,
  unique (name), check (other collate sorted > 'a'), twice text collate sorted generated always as (other || '!') stored);
create index by_name on t (name, plain collate sorted desc);
create view v as select name, tag, plain collate sorted as sorted from t;
create materialized view m as select other from t;
create unique index on m (other);
