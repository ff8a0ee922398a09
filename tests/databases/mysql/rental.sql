-- A shop that rents films: tables that refer to each other in a circle, views over many tables, programs that read and
-- write them, triggers that keep a second table for searching.
create table actor (
  actor_id smallint unsigned not null auto_increment,
  first_name varchar(45) not null,
  last_name varchar(45) not null,
  last_update timestamp not null default current_timestamp on update current_timestamp,
  primary key (actor_id),
  key idx_actor_last_name (last_name)
) engine=InnoDB;
create table country (
  country_id smallint unsigned not null auto_increment,
  country varchar(50) not null,
  last_update timestamp not null default current_timestamp on update current_timestamp,
  primary key (country_id)
) engine=InnoDB;
create table city (
  city_id smallint unsigned not null auto_increment,
  city varchar(50) not null,
  country_id smallint unsigned not null,
  last_update timestamp not null default current_timestamp on update current_timestamp,
  primary key (city_id),
  key idx_fk_country_id (country_id),
  constraint fk_city_country foreign key (country_id) references country (country_id) on delete restrict on update cascade
) engine=InnoDB;
create table address (
  address_id smallint unsigned not null auto_increment,
  address varchar(50) not null,
  address2 varchar(50) default null,
  district varchar(20) not null,
  city_id smallint unsigned not null,
  postal_code varchar(10) default null,
  phone varchar(20) not null,
  location geometry not null,
  last_update timestamp not null default current_timestamp on update current_timestamp,
  primary key (address_id),
  key idx_fk_city_id (city_id),
  spatial key idx_location (location),
  constraint fk_address_city foreign key (city_id) references city (city_id) on delete restrict on update cascade
) engine=InnoDB;
create table category (
  category_id tinyint unsigned not null auto_increment,
  name varchar(25) not null,
  last_update timestamp not null default current_timestamp on update current_timestamp,
  primary key (category_id)
) engine=InnoDB;
create table language (
  language_id tinyint unsigned not null auto_increment,
  name char(20) not null,
  last_update timestamp not null default current_timestamp on update current_timestamp,
  primary key (language_id)
) engine=InnoDB;
create table film (
  film_id smallint unsigned not null auto_increment,
  title varchar(128) not null,
  description text default null,
  release_year year default null,
  language_id tinyint unsigned not null,
  original_language_id tinyint unsigned default null,
  rental_duration tinyint unsigned not null default 3,
  rental_rate decimal(4,2) not null default 4.99,
  length smallint unsigned default null,
  replacement_cost decimal(5,2) not null default 19.99,
  rating enum('G','PG','PG-13','R','NC-17') default 'G',
  special_features set('Trailers','Commentaries','Deleted Scenes','Behind the Scenes') default null,
  last_update timestamp not null default current_timestamp on update current_timestamp,
  primary key (film_id),
  key idx_title (title),
  key idx_fk_language_id (language_id),
  key idx_fk_original_language_id (original_language_id),
  constraint fk_film_language foreign key (language_id) references language (language_id) on delete restrict on update cascade,
  constraint fk_film_language_original foreign key (original_language_id) references language (language_id) on delete restrict on update cascade
) engine=InnoDB;
create table film_actor (
  actor_id smallint unsigned not null,
  film_id smallint unsigned not null,
  last_update timestamp not null default current_timestamp on update current_timestamp,
  primary key (actor_id, film_id),
  key idx_fk_film_id (film_id),
  constraint fk_film_actor_actor foreign key (actor_id) references actor (actor_id) on delete restrict on update cascade,
  constraint fk_film_actor_film foreign key (film_id) references film (film_id) on delete restrict on update cascade
) engine=InnoDB;
create table film_category (
  film_id smallint unsigned not null,
  category_id tinyint unsigned not null,
  last_update timestamp not null default current_timestamp on update current_timestamp,
  primary key (film_id, category_id),
  constraint fk_film_category_film foreign key (film_id) references film (film_id) on delete restrict on update cascade,
  constraint fk_film_category_category foreign key (category_id) references category (category_id) on delete restrict on update cascade
) engine=InnoDB;
create table film_text (
  film_id smallint not null,
  title varchar(255) not null,
  description text,
  primary key (film_id),
  fulltext key idx_title_description (title, description)
) engine=InnoDB;
create table store (
  store_id tinyint unsigned not null auto_increment,
  manager_staff_id tinyint unsigned not null,
  address_id smallint unsigned not null,
  last_update timestamp not null default current_timestamp on update current_timestamp,
  primary key (store_id),
  unique key idx_unique_manager (manager_staff_id),
  key idx_fk_address_id (address_id)
) engine=InnoDB;
create table staff (
  staff_id tinyint unsigned not null auto_increment,
  first_name varchar(45) not null,
  last_name varchar(45) not null,
  address_id smallint unsigned not null,
  picture blob default null,
  email varchar(50) default null,
  store_id tinyint unsigned not null,
  active boolean not null default true,
  username varchar(16) not null,
  password varchar(40) character set utf8mb4 collate utf8mb4_bin default null,
  last_update timestamp not null default current_timestamp on update current_timestamp,
  primary key (staff_id),
  key idx_fk_store_id (store_id),
  key idx_fk_address_id (address_id),
  constraint fk_staff_store foreign key (store_id) references store (store_id) on delete restrict on update cascade,
  constraint fk_staff_address foreign key (address_id) references address (address_id) on delete restrict on update cascade
) engine=InnoDB;
alter table store
  add constraint fk_store_staff foreign key (manager_staff_id) references staff (staff_id) on delete restrict on update cascade,
  add constraint fk_store_address foreign key (address_id) references address (address_id) on delete restrict on update cascade;
create table customer (
  customer_id smallint unsigned not null auto_increment,
  store_id tinyint unsigned not null,
  first_name varchar(45) not null,
  last_name varchar(45) not null,
  email varchar(50) default null,
  address_id smallint unsigned not null,
  active boolean not null default true,
  create_date datetime not null,
  last_update timestamp default current_timestamp on update current_timestamp,
  primary key (customer_id),
  key idx_fk_store_id (store_id),
  key idx_fk_address_id (address_id),
  key idx_last_name (last_name),
  constraint fk_customer_address foreign key (address_id) references address (address_id) on delete restrict on update cascade,
  constraint fk_customer_store foreign key (store_id) references store (store_id) on delete restrict on update cascade
) engine=InnoDB comment='Table storing all customers. Holds foreign keys to the address table and the store table where this customer is registered.';
create table inventory (
  inventory_id mediumint unsigned not null auto_increment,
  film_id smallint unsigned not null,
  store_id tinyint unsigned not null,
  last_update timestamp not null default current_timestamp on update current_timestamp,
  primary key (inventory_id),
  key idx_fk_film_id (film_id),
  key idx_store_id_film_id (store_id, film_id),
  constraint fk_inventory_store foreign key (store_id) references store (store_id) on delete restrict on update cascade,
  constraint fk_inventory_film foreign key (film_id) references film (film_id) on delete restrict on update cascade
) engine=InnoDB;
create table rental (
  rental_id int not null auto_increment,
  rental_date datetime not null,
  inventory_id mediumint unsigned not null,
  customer_id smallint unsigned not null,
  return_date datetime default null,
  staff_id tinyint unsigned not null,
  last_update timestamp not null default current_timestamp on update current_timestamp,
  primary key (rental_id),
  unique key (rental_date, inventory_id, customer_id),
  key idx_fk_inventory_id (inventory_id),
  key idx_fk_customer_id (customer_id),
  key idx_fk_staff_id (staff_id),
  constraint fk_rental_staff foreign key (staff_id) references staff (staff_id) on delete restrict on update cascade,
  constraint fk_rental_inventory foreign key (inventory_id) references inventory (inventory_id) on delete restrict on update cascade,
  constraint fk_rental_customer foreign key (customer_id) references customer (customer_id) on delete restrict on update cascade
) engine=InnoDB;
create table payment (
  payment_id smallint unsigned not null auto_increment,
  customer_id smallint unsigned not null,
  staff_id tinyint unsigned not null,
  rental_id int default null,
  amount decimal(5,2) not null,
  payment_date datetime not null,
  last_update timestamp default current_timestamp on update current_timestamp,
  primary key (payment_id),
  key idx_fk_staff_id (staff_id),
  key idx_fk_customer_id (customer_id),
  constraint fk_payment_rental foreign key (rental_id) references rental (rental_id) on delete set null on update cascade,
  constraint fk_payment_customer foreign key (customer_id) references customer (customer_id) on delete restrict on update cascade,
  constraint fk_payment_staff foreign key (staff_id) references staff (staff_id) on delete restrict on update cascade
) engine=InnoDB;

create trigger ins_film after insert on film for each row
begin
  insert into film_text (film_id, title, description) values (new.film_id, new.title, new.description);
end;
create trigger upd_film after update on film for each row
begin
  if (old.title != new.title) or (old.description != new.description) or (old.film_id != new.film_id) then
    update film_text
       set title = new.title, description = new.description, film_id = new.film_id
     where film_id = old.film_id;
  end if;
end;
create trigger del_film after delete on film for each row
begin
  delete from film_text where film_id = old.film_id;
end;
create trigger customer_create_date before insert on customer for each row set new.create_date = now();
create trigger payment_date before insert on payment for each row set new.payment_date = now();
create trigger rental_date before insert on rental for each row set new.rental_date = now();

create view customer_list as
  select cu.customer_id as ID, concat(cu.first_name, _utf8mb4' ', cu.last_name) as name, a.address as address,
    a.postal_code as `zip code`, a.phone as phone, city.city as city, country.country as country,
    if(cu.active, _utf8mb4'active', _utf8mb4'') as notes, cu.store_id as SID
  from customer as cu join address as a on cu.address_id = a.address_id join city on a.city_id = city.city_id
    join country on city.country_id = country.country_id;
create view film_list as
  select film.film_id as FID, film.title as title, film.description as description, category.name as category,
    film.rental_rate as price, film.length as length, film.rating as rating,
    group_concat(concat(actor.first_name, _utf8mb4' ', actor.last_name) separator ', ') as actors
  from film left join film_category on film_category.film_id = film.film_id
    left join category on category.category_id = film_category.category_id
    left join film_actor on film.film_id = film_actor.film_id left join actor on film_actor.actor_id = actor.actor_id
  group by film.film_id, category.name;
create view nicer_but_slower_film_list as
  select film.film_id as FID, film.title as title, film.description as description, category.name as category,
    film.rental_rate as price, film.length as length, film.rating as rating,
    group_concat(concat(concat(ucase(substr(actor.first_name, 1, 1)), lcase(substr(actor.first_name, 2, length(actor.first_name))),
      _utf8mb4' ', concat(ucase(substr(actor.last_name, 1, 1)), lcase(substr(actor.last_name, 2, length(actor.last_name)))))) separator ', ') as actors
  from film left join film_category on film_category.film_id = film.film_id
    left join category on category.category_id = film_category.category_id
    left join film_actor on film.film_id = film_actor.film_id left join actor on film_actor.actor_id = actor.actor_id
  group by film.film_id, category.name;
create view staff_list as
  select s.staff_id as ID, concat(s.first_name, _utf8mb4' ', s.last_name) as name, a.address as address,
    a.postal_code as `zip code`, a.phone as phone, city.city as city, country.country as country, s.store_id as SID
  from staff as s join address as a on s.address_id = a.address_id join city on a.city_id = city.city_id
    join country on city.country_id = country.country_id;
create view sales_by_store as
  select concat(c.city, _utf8mb4',', cy.country) as store, concat(m.first_name, _utf8mb4' ', m.last_name) as manager,
    sum(p.amount) as total_sales
  from payment as p inner join rental as r on p.rental_id = r.rental_id
    inner join inventory as i on r.inventory_id = i.inventory_id inner join store as s on i.store_id = s.store_id
    inner join address as a on s.address_id = a.address_id inner join city as c on a.city_id = c.city_id
    inner join country as cy on c.country_id = cy.country_id inner join staff as m on s.manager_staff_id = m.staff_id
  group by s.store_id, c.city, cy.country, m.first_name, m.last_name
  order by cy.country, c.city;
create view sales_by_film_category as
  select c.name as category, sum(p.amount) as total_sales
  from payment as p inner join rental as r on p.rental_id = r.rental_id
    inner join inventory as i on r.inventory_id = i.inventory_id inner join film as f on i.film_id = f.film_id
    inner join film_category as fc on f.film_id = fc.film_id inner join category as c on fc.category_id = c.category_id
  group by c.name
  order by total_sales desc;
create sql security invoker view actor_info as
  select a.actor_id, a.first_name, a.last_name,
    group_concat(distinct concat(c.name, ': ',
      (select group_concat(f.title order by f.title separator ', ')
       from film f inner join film_category fc on f.film_id = fc.film_id
         inner join film_actor fa on f.film_id = fa.film_id
       where fc.category_id = c.category_id and fa.actor_id = a.actor_id))
      order by c.name separator '; ') as film_info
  from actor a left join film_actor fa on a.actor_id = fa.actor_id
    left join film_category fc on fa.film_id = fc.film_id left join category c on fc.category_id = c.category_id
  group by a.actor_id, a.first_name, a.last_name;

create procedure rewards_report (
  in min_monthly_purchases tinyint unsigned,
  in min_dollar_amount_purchased decimal(10,2),
  out count_rewardees int
)
  not deterministic
  reads sql data
  sql security definer
  comment 'Provides a customizable report on best customers'
proc: begin
  declare last_month_start date;
  declare last_month_end date;
  -- a report without a limit is none; stop
  if min_monthly_purchases = 0 then
    select 'Minimum monthly purchases parameter must be > 0';
    leave proc;
  end if;
  if min_dollar_amount_purchased = 0.00 then
    select 'Minimum monthly dollar amount purchased parameter must be > $0.00';
    leave proc;
  end if;
  set last_month_start = date_sub(current_date(), interval 1 month);
  set last_month_start = str_to_date(concat(year(last_month_start), '-', month(last_month_start), '-01'), '%Y-%m-%d');
  set last_month_end = last_day(last_month_start);
  create temporary table tmpCustomer (customer_id smallint unsigned not null primary key);
  insert into tmpCustomer (customer_id)
    select p.customer_id from payment as p
    where date(p.payment_date) between last_month_start and last_month_end
    group by customer_id
    having sum(p.amount) > min_dollar_amount_purchased and count(customer_id) > min_monthly_purchases;
  select count(*) from tmpCustomer into count_rewardees;
  select c.* from tmpCustomer as t inner join customer as c on t.customer_id = c.customer_id;
  drop table tmpCustomer;
end;
create function get_customer_balance(p_customer_id int, p_effective_date datetime) returns decimal(5,2)
  deterministic
  reads sql data
begin
  declare v_rentfees decimal(5,2); /* fees paid to rent the videos initially */
  declare v_overfees integer;      # late fees for previous rentals
  declare v_payments decimal(5,2); -- sum of payments made previously
  select ifnull(sum(film.rental_rate), 0) into v_rentfees
  from film, inventory, rental
  where film.film_id = inventory.film_id and inventory.inventory_id = rental.inventory_id
    and rental.rental_date <= p_effective_date and rental.customer_id = p_customer_id;
  select ifnull(sum(if((to_days(rental.return_date) - to_days(rental.rental_date)) > film.rental_duration,
    ((to_days(rental.return_date) - to_days(rental.rental_date)) - film.rental_duration), 0)), 0) into v_overfees
  from rental, inventory, film
  where film.film_id = inventory.film_id and inventory.inventory_id = rental.inventory_id
    and rental.rental_date <= p_effective_date and rental.customer_id = p_customer_id;
  select ifnull(sum(payment.amount), 0) into v_payments
  from payment where payment.payment_date <= p_effective_date and payment.customer_id = p_customer_id;
  return v_rentfees + v_overfees - v_payments;
end;
create function inventory_held_by_customer(p_inventory_id int) returns int
  reads sql data
begin
  declare v_customer_id int;
  declare exit handler for not found return null;
  select customer_id into v_customer_id from rental where return_date is null and inventory_id = p_inventory_id;
  return v_customer_id;
end;
create function inventory_in_stock(p_inventory_id int) returns boolean
  reads sql data
begin
  declare v_rentals int;
  declare v_out int;
  select count(*) into v_rentals from rental where inventory_id = p_inventory_id;
  if v_rentals = 0 then
    return true;
  end if;
  select count(rental_id) into v_out
  from inventory left join rental using (inventory_id)
  where inventory.inventory_id = p_inventory_id and rental.return_date is null;
  if v_out > 0 then
    return false;
  else
    return true;
  end if;
end;
create procedure film_in_stock(in p_film_id int, in p_store_id int, out p_film_count int)
  reads sql data
begin
  select inventory_id from inventory
  where film_id = p_film_id and store_id = p_store_id and inventory_in_stock(inventory_id);
  select count(*) from inventory
  where film_id = p_film_id and store_id = p_store_id and inventory_in_stock(inventory_id)
  into p_film_count;
end;
create procedure film_not_in_stock(in p_film_id int, in p_store_id int, out p_film_count int)
  reads sql data
begin
  select inventory_id from inventory
  where film_id = p_film_id and store_id = p_store_id and not inventory_in_stock(inventory_id);
  select count(*) from inventory
  where film_id = p_film_id and store_id = p_store_id and not inventory_in_stock(inventory_id)
  into p_film_count;
end;
create event forget_old_rentals on schedule every 1 month starts '2035-01-01 03:00:00' on completion preserve disable
  comment 'keeps seven years' do delete from rental where return_date < date_sub(now(), interval 7 year);
