create table first (id integer primary key);
create table second (id integer primary key, first_id integer not null references first (id));
create table third (id integer primary key, second_id integer not null references second (id));
create view chain as select t.id, s.first_id from third t join second s on s.id = t.second_id;
