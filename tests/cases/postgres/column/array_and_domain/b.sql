create table t (a int, b varchar(10)[], c timestamp(3) with time zone, d bit varying(5), e interval day to second(2), f numeric(5,-2));
