select name from pragma_module_list
