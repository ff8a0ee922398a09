do $$ begin
    if (select format('%s %s %s %s', a, b, x, y) from t) <> '500 7 2 1' then raise 'rows of t'; end if;
    if (select string_agg(format('%s %s %s', a, b, c), ', ' order by id) from u) <> 'xy x 5, xy x 0' then raise 'rows of u'; end if;
end $$;
