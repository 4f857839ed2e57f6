BAD = " #"
