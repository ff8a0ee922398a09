create type money_amount as (currency char(3), amount int);
