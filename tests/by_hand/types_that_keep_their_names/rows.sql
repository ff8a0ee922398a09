do $$ begin
    insert into t(c, x) values (3000000000, 1);
    insert into u(c) values (1.5);
    if (select string_agg(g::text, ' ' order by c) from u) <> '2 3' then raise 'rows'; end if;
end $$;
