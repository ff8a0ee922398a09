create table docs (id integer primary key, title text, body text);
create virtual table search using fts5(title, body, content='docs', content_rowid='id');
