insert into t values (1, 1, st_geomfromtext('POINT(1 2)', 4326), st_geomfromtext('POINT(1 2)', 4326));
