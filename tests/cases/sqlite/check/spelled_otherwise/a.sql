create table t (a int, b text, CHECK (  a>0 AND "b" IN ('x','y')  ));
