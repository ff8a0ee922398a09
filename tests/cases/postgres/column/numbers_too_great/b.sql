create table t (a numeric(4,2), b int, c real, d bit(4));
