create table t (a text, check (a not in (')', '(', ';', '--', '/*', '"', '''', 'check (x)')), constraint "odd ) name" check (length(a) < 10 /* ) ' */));
