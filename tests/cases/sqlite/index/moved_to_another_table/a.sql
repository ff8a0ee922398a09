create table one (a text);
create table two (a text);
create index by_a on one (a);
