// users
