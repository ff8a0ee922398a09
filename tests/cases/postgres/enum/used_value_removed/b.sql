create type mood as enum ('happy'); create table t (m mood);
