create procedure p() select 1;
