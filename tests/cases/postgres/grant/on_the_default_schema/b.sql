grant usage on schema public to trueup_reader; grant create on schema public to trueup_writer;
