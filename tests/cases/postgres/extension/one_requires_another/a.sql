create extension cube; create extension earthdistance; create table c (x cube, b int);
