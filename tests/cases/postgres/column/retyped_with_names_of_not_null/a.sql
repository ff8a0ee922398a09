create table t(id int not null, a int constraint mine not null, b int not null, c text);
