create procedure p() set @a = 1;
