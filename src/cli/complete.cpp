// complete
