create unlogged table t(a int); create table u(b int, c int);create publication p for table u(c);
