insert into t values (1, '{bad}', 'good');
