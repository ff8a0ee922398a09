-- A shop that rents films, after the well-known sample database: what its schema uses, written anew.
create type mpaa_rating as enum ('G', 'PG', 'PG-13', 'R', 'NC-17');
create domain year as integer constraint year_check check (value >= 1901 and value <= 2155);
create sequence actor_actor_id_seq;
create function last_updated() returns trigger language plpgsql as $$
begin
    new.last_update = current_timestamp;
    return new;
end $$;
create function _group_concat(text, text) returns text language sql immutable as $_$
select case when $2 is null then $1 when $1 is null then $2 else $1 || ', ' || $2 end
$_$;
create aggregate group_concat(text) (sfunc = _group_concat, stype = text);

create table actor (
    actor_id integer primary key default nextval('actor_actor_id_seq'),
    first_name text not null,
    last_name text not null,
    last_update timestamptz not null default now()
);
alter sequence actor_actor_id_seq owned by actor.actor_id;
create index idx_actor_last_name on actor (last_name);
create table language (language_id serial primary key, name character(20) not null, last_update timestamptz not null default now());
create table category (category_id serial primary key, name text not null, last_update timestamptz not null default now());
create table country (country_id serial primary key, country text not null, last_update timestamptz not null default now());
create table city (
    city_id serial primary key, city text not null,
    country_id integer not null references country on update cascade on delete restrict,
    last_update timestamptz not null default now()
);
create index idx_fk_country_id on city using btree (country_id);
create table address (
    address_id serial primary key, address text not null, address2 text, district text not null,
    city_id integer not null references city on update cascade on delete restrict,
    postal_code text, phone text not null, last_update timestamptz not null default now()
);
create table film (
    film_id serial primary key, title text not null, description text, release_year year,
    language_id integer not null references language on update cascade on delete restrict,
    original_language_id integer references language on update cascade on delete restrict,
    rental_duration smallint not null default 3, rental_rate numeric(4,2) not null default 4.99, length smallint,
    replacement_cost numeric(5,2) not null default 19.99, rating mpaa_rating default 'G',
    last_update timestamptz not null default now(), special_features text[], fulltext tsvector not null
);
create index film_fulltext_idx on film using gist (fulltext);
create index idx_title on film (title);
create table film_actor (
    actor_id integer not null references actor on update cascade on delete restrict,
    film_id integer not null references film on update cascade on delete restrict,
    last_update timestamptz not null default now(), primary key (actor_id, film_id)
);
create index idx_fk_film_id on film_actor (film_id);
create table film_category (
    film_id integer not null references film on update cascade on delete restrict,
    category_id integer not null references category on update cascade on delete restrict,
    last_update timestamptz not null default now(), primary key (film_id, category_id)
);
-- Each of the two needs the other.
create table store (
    store_id serial primary key, manager_staff_id integer not null,
    address_id integer not null references address on update cascade on delete restrict, last_update timestamptz not null default now()
);
create table staff (
    staff_id serial primary key, first_name text not null, last_name text not null,
    address_id integer not null references address on update cascade on delete restrict,
    email text, store_id integer not null references store, active boolean not null default true,
    username text not null, password text, last_update timestamptz not null default now(), picture bytea
);
alter table store add foreign key (manager_staff_id) references staff on update cascade on delete restrict;
create unique index idx_unq_manager_staff_id on store (manager_staff_id);
create table customer (
    customer_id serial primary key, store_id integer not null references store on update cascade on delete restrict,
    first_name text not null, last_name text not null, email text,
    address_id integer not null references address on update cascade on delete restrict,
    activebool boolean not null default true, create_date date not null default current_date,
    last_update timestamptz default now(), active integer
);
create index idx_last_name on customer (last_name);
create table inventory (
    inventory_id serial primary key, film_id integer not null references film on update cascade on delete restrict,
    store_id integer not null references store on update cascade on delete restrict, last_update timestamptz not null default now()
);
create index idx_store_id_film_id on inventory (store_id, film_id);
create table rental (
    rental_id serial primary key, rental_date timestamptz not null,
    inventory_id integer not null references inventory on update cascade on delete restrict,
    customer_id integer not null references customer on update cascade on delete restrict,
    return_date timestamptz, staff_id integer not null references staff on update cascade on delete restrict,
    last_update timestamptz not null default now()
);
create unique index idx_unq_rental on rental (rental_date, inventory_id, customer_id);
create sequence payment_payment_id_seq;
create table payment (
    payment_id integer not null default nextval('payment_payment_id_seq'),
    customer_id integer not null references customer, staff_id integer not null, rental_id integer not null,
    amount numeric(5,2) not null, payment_date timestamptz not null, primary key (payment_date, payment_id)
) partition by range (payment_date);
create table payment_p2022_01 partition of payment for values from ('2022-01-01 00:00:00+00') to ('2022-02-01 00:00:00+00');
create table payment_p2022_02 partition of payment for values from ('2022-02-01 00:00:00+00') to ('2022-03-01 00:00:00+00');
create index idx_fk_payment_p2022_01_customer_id on payment_p2022_01 (customer_id);
alter table payment_p2022_02 add foreign key (rental_id) references rental;

do $do$
declare name text;
begin
    foreach name in array array['actor', 'film', 'customer', 'rental', 'staff', 'store'] loop
        execute format('create trigger last_updated before update on %I for each row execute function last_updated()', name);
    end loop;
end $do$;
create trigger film_fulltext_trigger before insert or update on film for each row
    execute function tsvector_update_trigger('fulltext', 'pg_catalog.english', 'title', 'description');

create view actor_info as
select a.actor_id, a.first_name, a.last_name,
       group_concat(distinct c.name || ': ' || (
           select group_concat(f.title) from film f
           join film_category fc_1 on f.film_id = fc_1.film_id join film_actor fa_1 on f.film_id = fa_1.film_id
           where fc_1.category_id = c.category_id and fa_1.actor_id = a.actor_id
           group by fa_1.actor_id)) as film_info
from actor a
left join film_actor fa on a.actor_id = fa.actor_id
left join film_category fc on fa.film_id = fc.film_id
left join category c on fc.category_id = c.category_id
group by a.actor_id, a.first_name, a.last_name;
create view customer_list as
select cu.customer_id as id, (cu.first_name || ' ') || cu.last_name as name, a.address, a.postal_code as "zip code", a.phone, city.city,
       country.country, case when cu.activebool then 'active' else '' end as notes, cu.store_id as sid
from customer cu join address a on cu.address_id = a.address_id join city on a.city_id = city.city_id
join country on city.country_id = country.country_id;
create materialized view rental_by_category as
select c.name as category, sum(p.amount) as total_sales
from payment p join rental r on p.rental_id = r.rental_id join inventory i on r.inventory_id = i.inventory_id
join film f on i.film_id = f.film_id join film_category fc on f.film_id = fc.film_id join category c on fc.category_id = c.category_id
group by c.name order by sum(p.amount) desc with no data;
create unique index rental_category on rental_by_category (category);

create function inventory_in_stock(p_inventory_id integer) returns boolean language plpgsql as $$
declare
    v_rentals integer;
begin
    select count(*) into v_rentals from rental where inventory_id = p_inventory_id and return_date is null;
    return v_rentals = 0;
end $$;
create function film_in_stock(p_film_id integer, p_store_id integer, out p_film_count integer) returns setof integer language sql as $_$
select inventory_id from inventory where film_id = $1 and store_id = $2 and inventory_in_stock(inventory_id)
$_$;
create function last_day(timestamptz) returns date language sql immutable strict as $_$
select (date_trunc('month', $1) + interval '1 month' - interval '1 day')::date
$_$;
create function rewards_report(min_purchases integer, min_amount numeric) returns setof customer language plpgsql security definer as $_$
begin
    return query select c.* from customer c join payment p using (customer_id) group by c.customer_id
        having sum(p.amount) > min_amount and count(*) > min_purchases;
end $_$;
comment on table film is 'What can be rented';
comment on column film.rating is 'Who may see it';
comment on function last_day(timestamptz) is 'The last day of the month';
