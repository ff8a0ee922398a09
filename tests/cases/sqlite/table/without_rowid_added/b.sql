create table word (word text primary key not null, count integer not null default 0) without rowid;
create index word_count on word (count desc);
