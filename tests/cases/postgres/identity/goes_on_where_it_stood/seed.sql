select setval('t_id_seq', 50);
insert into u (a) values (1), (2);
select setval('"W.x_i $d_seq"', 8);
insert into v (a) values (1)
