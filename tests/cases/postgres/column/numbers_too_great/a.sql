create table t (a numeric(10,2), b bigint, c double precision, d bit(8));
