create table parent (a integer, b text, primary key (a, b));
create table child (
  id integer constraint child_key primary key,
  a integer,
  b text collate nocase not null on conflict ignore default 'x',
  c text generated always as (upper(b)) stored,
  d text as (lower(b)),
  constraint child_parent foreign key (a, b) references parent (a, b) on delete set null on update cascade deferrable initially deferred,
  constraint child_once unique (a, b) on conflict replace,
  constraint child_check check (a > 0)
);
