create type money_amount as (amount bigint, note text);
