create table log (n int); create function lg() returns trigger language plpgsql as 'begin insert into public.log values (new.id); return new; end';
create table item (id int, k int) partition by list (k); create table stands partition of item for values in (1); create trigger seen after insert on stands for each row execute function lg(); alter table stands enable always trigger seen;
