create table doc (id integer primary key, title text, body text);
create virtual table doc_search using fts5(title, body, content='doc', content_rowid='id', tokenize = 'porter unicode61');
create trigger doc_added after insert on doc begin
  insert into doc_search (rowid, title, body) values (new.id, new.title, new.body);
end;
