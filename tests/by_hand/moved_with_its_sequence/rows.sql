do $$ begin
    if (select count(*) from app.users) <> 3 or nextval(pg_get_serial_sequence('app.users', 'id')) <> 10 then raise 'rows'; end if;
end $$;
