create table log (at date not null, what varchar(40) not null, org bigint, constraint c check (what <> ''), primary key (at, what)) partition by range (at);
create index log_org on log (org) where org is not null;
create table log_1 partition of log for values from ('2024-01-01') to ('2024-07-01');
create table log_2 partition of log for values from ('2024-07-01') to ('2025-01-01') partition by list (what);
create table log_2_x partition of log_2 for values in ('in', 'out');
create table log_2_rest partition of log_2 default;
create table log_rest partition of log default;
