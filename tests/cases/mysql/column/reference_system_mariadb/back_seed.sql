insert into t values (1, st_geomfromtext('POINT(1 2)'), null, null);
