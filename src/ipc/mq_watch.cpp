// mq_watch
