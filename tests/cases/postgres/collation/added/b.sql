create collation plain (lc_collate = 'C', lc_ctype = 'C.UTF-8'); create table t (a text collate plain);
