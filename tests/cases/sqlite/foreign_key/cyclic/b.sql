create table team (id integer primary key, captain_id int references player (id) on delete set null, name text not null);
create table player (id integer primary key, team_id int not null references team (id), name text not null);
