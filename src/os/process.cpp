// process
