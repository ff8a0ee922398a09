insert into billing.t values (1);
