create type mood as enum ('sad', 'ok');
create function label(mood) returns text language plpgsql immutable as $$ begin return $1::text; end $$;
create table t (id int, a text default label('sad'), b mood default 'ok');
