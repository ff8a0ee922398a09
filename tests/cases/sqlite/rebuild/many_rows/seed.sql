with recursive n (i) as (select 1 union all select i + 1 from n where i < 5000)
insert into t select i, i / 3.0, 'text ' || i, randomblob(20), i * 1000000007, case i % 4 when 0 then null when 1 then i when 2 then i + 0.5 else 'n' || i end from n;
insert into t values (null, null, null, null, null, null), ('', 1e308, char(0, 65, 0x1f600), x'', -9223372036854775808, 'x');
