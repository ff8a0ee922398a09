create event f on schedule at '2037-01-01 00:00:00' do select 2;
