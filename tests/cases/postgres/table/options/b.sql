create table t (a int) with (autovacuum_enabled = false, toast.autovacuum_enabled = false);
