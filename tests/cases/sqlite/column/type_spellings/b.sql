create table t (
  id integer primary key, a INT, b UNSIGNED BIG INT, c CHARACTER(20), d VARYING CHARACTER(255), e DOUBLE PRECISION,
  f DECIMAL(10,5), g "odd type", h NATIVE CHARACTER(70), i DECIMAL (10 , 5), j [bracketed type], k, l FLOAT(+1.5, -2), m ANY,
  n timestamp with time zone
);
