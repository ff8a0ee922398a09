create type mood as enum ('low', 'sad', 'so-so', 'happy', 'o''k'); create table t (m mood default 'sad');
