// object
