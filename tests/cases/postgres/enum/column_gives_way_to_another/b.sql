create type s as enum ('a', 'c'); create table t (id int, stays s, new s default 'a', constraint l check (new <> 'c'));
