create schema billing; comment on schema billing is 'money; what''s owed'; create table billing.t (id int primary key);
