create table t (a timestamptz, b interval, c numeric(10,4), d text, e double precision, f timestamp, g bigint, h numeric(10,2), i integer);
