create table x(k int, unique (k)); create table y(k int, unique (k)); alter table x add constraint xf foreign key (k) references y(k); alter table y add constraint yf foreign key (k) references x(k);
