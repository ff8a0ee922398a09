do $$ begin
    if (select string_agg(format('%s %s %s %s', a, n, b, c), ', ' order by id) from t) <> '5 5 1 4, 3 7 0 4' then raise 'rows'; end if;
end $$;
