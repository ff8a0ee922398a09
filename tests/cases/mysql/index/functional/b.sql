create table t (a int, j json, key f ((a + 1)), key m ((cast(j->'$.l' as unsigned array))));
