create table t (id int primary key, a int, b text); alter table t enable row level security; create policy p on t using (a > 0);
