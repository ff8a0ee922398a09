do $$ begin
    if (select count(*) from t where status = 'paid' and mail = 'bob' and paid and marks = '{}'::stat[]) <> 1 then raise 'rows'; end if;
end $$;
