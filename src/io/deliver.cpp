// deliver
