create function calc(x bigint) returns bigint language plpgsql as 'begin return 1; end'; create table o(id int, total numeric(10,2) default calc(3), constraint o_total_check check (total > 0));
