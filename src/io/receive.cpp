// receive
