create table p (k int, v int, ww int) partition by list (k);
create table p_one partition of p for values in (1);
create table p_two partition of p for values in (2);
create index pv on p (v);
create index pw on p (ww);
alter index p_one_v_idx rename to p1_v_idx;
alter index p_two_ww_idx rename to named;
insert into p values (1, 1, 1), (2, 2, 2);
