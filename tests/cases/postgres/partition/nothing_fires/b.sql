create table log (n int); create function lg() returns trigger language plpgsql as 'begin insert into public.log values (new.id); new.v := new.v || ''!''; return new; end';
create table p (id bigserial, k bigint, v text, primary key (id, k)) partition by list (k); create table p1 partition of p for values in (1); create table c (id bigint, k bigint, foreign key (id, k) references p);
create trigger b before insert on p for each row execute function lg(); create trigger a after insert on p for each row execute function lg(); create rule r as on insert to p do also insert into log values (77);
create constraint trigger late after insert on p deferrable initially deferred for each row execute function lg(); create materialized view m as select count(*) as n from p;
