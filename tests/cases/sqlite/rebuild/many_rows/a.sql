create table t (a, b real, c text, d blob, e integer, f numeric);
