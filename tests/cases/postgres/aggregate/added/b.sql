create aggregate total(int) (sfunc = int4pl, stype = int, initcond = '0', parallel = safe, combinefunc = int4pl); comment on aggregate total(int) is 'sum';
