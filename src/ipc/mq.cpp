// mq
