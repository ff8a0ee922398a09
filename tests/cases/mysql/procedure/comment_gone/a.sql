create procedure p() comment 'x' set @a = 1;
