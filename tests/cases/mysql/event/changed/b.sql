create event e on schedule every 2 hour ends '2037-01-01 00:00:00' on completion preserve disable comment 'it''s' do begin set @a = 2; end;
