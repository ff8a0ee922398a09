create table t(a int); create table u(b int); create publication p for table t, u;
