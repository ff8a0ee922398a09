create table t (id bigint unsigned not null auto_increment primary key, a varchar(40) not null default 'it''s', key (a)) comment='what''s; it';
