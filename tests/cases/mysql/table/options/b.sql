create table t (a int) row_format=compact stats_persistent=1 stats_sample_pages=30 comment='two';
