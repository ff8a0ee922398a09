-- Partitions at two levels, by list, range and hash.
create table event (
    id bigint not null, region text not null, day date not null, kind smallint not null default 0, payload jsonb,
    primary key (region, day, id), constraint event_kind_check check (kind >= 0)
) partition by list (region);
create index event_kind on event (kind, day desc);
create table event_eu partition of event for values in ('eu', 'uk') partition by range (day);
create table event_eu_2024 partition of event_eu for values from ('2024-01-01') to ('2025-01-01');
create table event_eu_2025 partition of event_eu for values from ('2025-01-01') to (maxvalue);
create table event_eu_old partition of event_eu default;
create table event_us partition of event for values in ('us') partition by hash (id);
create table event_us_0 partition of event_us for values with (modulus 2, remainder 0);
create table event_us_1 partition of event_us for values with (modulus 2, remainder 1);
create table event_other partition of event default;
create index event_other_payload on event_other using gin (payload);
alter table event_eu_2024 alter column payload set storage external, alter column kind set default 7;
alter table event_eu_2024 set (fillfactor = 80);
alter table event_us_1 add constraint event_us_1_only_new check (day > '2020-01-01');
create function noted() returns trigger language plpgsql as 'begin return null; end';
create trigger noted after insert on event for each row execute function noted();
create trigger only_here before update on event_eu_2025 for each row execute function noted();
create table measure (at timestamptz not null, sensor int not null, value real) partition by range (date_part('year', at at time zone 'UTC'), sensor);
create table measure_early partition of measure for values from (minvalue, minvalue) to (2024, 100);
create table measure_late partition of measure for values from (2024, 100) to (maxvalue, maxvalue);
create table reference (region text, day date, id bigint, foreign key (region, day, id) references event);
create table base (id int primary key, note text);
create table derived (extra text) inherits (base);
comment on table event_us is 'By hash below';
