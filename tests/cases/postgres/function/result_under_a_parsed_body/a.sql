create function twice(int) returns int language sql immutable return $1 * 2;
create function more(int) returns int language sql immutable return (twice($1) + 1)::int;
