create table t(id int, v varchar(9), check (v in ('a','b')));
create index ti on t (id) where v in ('a','b');
create view w as select * from t where v in ('a','b') and id not in (1,2) and v not in ('c'::varchar, 'd');
create table t2(id int, v varchar(9) check (v in ('a','b')), w text generated always as (case when v in ('x','y') then 'k' end) stored);
create policy p on t using (v in ('a','b'));
