do $$ begin
    assert (select count(*) from hr.human) = 2, 'rows';
    assert nextval('hr.human_no_seq') = 8, 'the sequence begins anew';
end $$;
