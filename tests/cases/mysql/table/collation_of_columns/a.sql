create table t (k varchar(10) not null primary key, v text, w varchar(9) collate utf8mb4_bin) collate utf8mb4_unicode_ci;
create table u (k varchar(10) collate utf8mb4_unicode_ci) collate utf8mb4_unicode_ci;
