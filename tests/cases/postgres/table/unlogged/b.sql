create unlogged table t (a int);
