create table product (id int not null, score_n numeric(10,2), flag_n varchar(40) collate "C", region int not null) partition by list (region);
create index ix_product2 on product (id) include (score_n);  create table k(id int, b int, c int, primary key (id) include (b), unique (c) include (b));
