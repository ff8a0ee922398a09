create table log (at date not null, what text not null) partition by range (at);
create index log_what on log (what);
create table log_1 partition of log for values from ('2024-01-01') to ('2025-01-01');
create table log_rest partition of log default;
