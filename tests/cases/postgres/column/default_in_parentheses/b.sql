create domain utc as timestamp default (now() at time zone 'utc');
create domain noisy as boolean default (not false);
create table t (id int primary key, at timestamp not null default (now() at time zone 'utc'), sorted text default ('a' collate "C"),
  is_open boolean not null default (1 is not null and 2 in (1, 2)), pattern boolean default ('a' like 'b'), one int default (case when 1 = 1 and true then 1 end));
create table made (id int primary key, at timestamptz default (now() at time zone 'utc') not null, u utc, n noisy, within boolean default (3 between 2 and 4));
