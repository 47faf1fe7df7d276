// introspect
