insert into t values (1, '1');
insert into t_new values (2);
insert into "_trueup_t" values (3);
