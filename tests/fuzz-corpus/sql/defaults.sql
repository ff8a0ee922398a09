create table t (
  id integer primary key, a int default 0, b int default -1, c int default +5, d real default 1.50, e text default 'it''s',
  f text default '', g default null, h default true, i default x'00ff', j int default 0x1f, k real default 1e-3,
  l text default current_timestamp, m text default (datetime('now', '-1 day')), n text default ('a' || 'b'), o default "quoted",
  p text default 'NULL', q text default 'now()', r text default 'two
lines'
);
