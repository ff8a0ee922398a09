create table product (id int not null, score numeric(10,2), flag varchar(40) collate "C", region int not null) partition by list (region);
create table product_p2 partition of product for values in ('7', '8', '9');
create index ix_product2 on product (id) include (score);  create table k(id int, a int, c int, primary key (id) include (a), unique (c) include (a));
