// mq_directory
