create table word (word text primary key not null, count integer not null default 0);
create index word_count on word (count desc);
