create table t (a time, b interval day, c numeric(10,2), d name, e real, f timestamp(0), g real, h numeric(12,4), i numeric(10,2));
