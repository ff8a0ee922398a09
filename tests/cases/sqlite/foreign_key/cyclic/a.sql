create table team (id integer primary key, captain_id int references player (id), name text);
create table player (id integer primary key, team_id int not null references team (id) on delete cascade, name text);
