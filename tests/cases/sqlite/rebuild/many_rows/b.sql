create table t (a, b real, c text, d blob, e integer, f numeric, constraint c_short check (length(c) < 100000));
