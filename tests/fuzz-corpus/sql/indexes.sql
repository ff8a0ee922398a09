create table t (id integer primary key, a text, b int, c text);
create index plain on t (a);
create unique index once on t (a, b);
create index partial on t (b) where c is not null and b > 10;
create index expression on t (lower(a), b + 1);
create index descending on t (a desc, b asc);
create index collated on t (a collate nocase, c collate rtrim desc);
create unique index mixed on t (coalesce(a, 'none') collate nocase desc) where b in (1, 2, 3);
