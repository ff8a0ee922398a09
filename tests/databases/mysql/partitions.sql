-- Partitions of every kind.
create table by_range (id int not null, day date not null, amount decimal(10,2), primary key (id, day), key (amount))
  partition by range (year(day)) (
    partition p2023 values less than (2024) comment = 'it''s old',
    partition p2024 values less than (2025),
    partition later values less than maxvalue max_rows = 1000);
create table by_range_columns (a int not null, b varchar(10) not null, c int)
  partition by range columns (a, b) (
    partition p0 values less than (10, 'm'),
    partition p1 values less than (10, maxvalue),
    partition p2 values less than (maxvalue, maxvalue));
create table by_list (id int not null, kind int, primary key (id))
  partition by list (id) (partition odd values in (1, 3, 5), partition even values in (2, 4, 6));
create table by_list_columns (id int not null, land varchar(9) not null)
  partition by list columns (land) (partition near values in ('ch', 'li'), partition far values in ('it''s', 'fr'));
create table by_hash (id int not null auto_increment primary key, a int) partition by hash (id) partitions 4;
create table by_linear_hash (id int not null primary key) partition by linear hash (id + 1) partitions 3;
create table by_key (id int not null primary key, name varchar(20)) partition by key () partitions 3;
create table by_linear_key (id int not null, name varchar(20) not null, primary key (id, name))
  partition by linear key (id, name) partitions 2;
create table in_two_levels (id int not null, day date not null)
  partition by range (to_days(day)) subpartition by hash (id) (
    partition p0 values less than (738000) (subpartition s0, subpartition s1),
    partition p1 values less than maxvalue (subpartition s2, subpartition s3));
create table with_counts (id int not null, day date not null)
  partition by list (id) subpartition by key (day) subpartitions 2 (partition a values in (1), partition b values in (2, null));
