create table p(id int constraint p_nn not null, v int constraint pv_nn not null) partition by range(id);
create table p1 (id int constraint x_nn not null, v int constraint y_nn not null);
alter table p attach partition p1 for values from (0) to (10);
