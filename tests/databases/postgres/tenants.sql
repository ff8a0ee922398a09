-- Row level security: who may see what.
create table tenant (id uuid primary key default gen_random_uuid(), name text not null unique);
create table member (tenant_id uuid references tenant on delete cascade, login name, admin boolean not null default false, primary key (tenant_id, login));
create table document (
    id bigint generated always as identity primary key, tenant_id uuid not null references tenant, author name not null default current_user,
    title text not null, body text, published boolean not null default false, tags text[] not null default '{}'
);
create index document_tags on document using gin (tags);
create function my_tenants() returns setof uuid language sql stable security definer set search_path = public, pg_temp as
    'select tenant_id from member where login = session_user';
create function is_admin(tenant uuid) returns boolean language sql stable security definer
    begin atomic select exists (select 1 from member m where m.tenant_id = tenant and m.login = session_user and m.admin); end;
revoke all on function my_tenants() from public;
grant execute on function my_tenants() to trueup_reader, trueup_writer;
alter table tenant enable row level security;
alter table member enable row level security;
alter table member force row level security;
alter table document enable row level security;
alter table document force row level security;
create policy mine on tenant for select to trueup_reader, trueup_writer using (id in (select my_tenants()));
create policy admins on member as restrictive using (is_admin(tenant_id)) with check (is_admin(tenant_id) and login <> '');
create policy everybody on member using (true);
create policy readable on document for select using (published or tenant_id in (select my_tenants()));
create policy writable on document for insert to trueup_writer with check (author = current_user);
create policy own on document for update to trueup_writer using (author = current_user) with check (author = current_user and not published);
create policy removable on document for delete to trueup_writer using (author = current_user or is_admin(tenant_id));
comment on policy own on document is 'Until it is published';
grant select on tenant, document to trueup_reader;
grant select, insert (title, body, tenant_id, tags), update (title, body, tags), delete on document to trueup_writer;
grant select on member to trueup_writer with grant option;
alter default privileges in schema public grant select on tables to trueup_reader;
create view published with (security_barrier) as select id, title from document where published;
grant select on published to public;
