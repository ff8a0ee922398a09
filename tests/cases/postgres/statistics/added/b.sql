create table t (id int primary key, a int, b text); create statistics s (ndistinct, mcv) on a, b, (a + 1) from t; alter statistics s set statistics 400;
