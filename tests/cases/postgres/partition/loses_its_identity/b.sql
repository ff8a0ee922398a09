create table id_t (a int generated always as identity, b int) partition by range (b); create table id_2 partition of id_t for values from (5) to (10);
