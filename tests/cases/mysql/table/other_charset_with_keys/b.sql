create table t(a int, b enum('x','y') default 'x', c set('q'), key kk(a), key k2(b)) charset utf8mb4 comment 'c';
