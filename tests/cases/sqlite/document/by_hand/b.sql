create table customer (
  id integer primary key,
  email text not null unique,
  name text,
  tier integer not null default 0 check (tier between 0 and 9)
);
create table "order" (
  id integer primary key autoincrement,
  customer_id integer not null references customer (id) on delete cascade,
  status text not null default 'pending',
  total numeric not null default 0,
  placed_at text not null default current_timestamp,
  constraint order_total_check check (total >= 0)
);
create index order_by_customer on "order" (customer_id, placed_at desc);
create index order_open on "order" (placed_at) where status = 'pending';
create index order_lower on "order" (lower(status));
create trigger touch after update of total on "order" when new.total > 100 begin
  update "order" set status = 'big' where id = new.id;
end;
create view open_order as select o.id, c.email, o.total from "order" o join customer c on c.id = o.customer_id where o.status = 'pending';
