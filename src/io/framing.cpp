// framing
