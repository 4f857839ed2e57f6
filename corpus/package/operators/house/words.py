GREETING = "good day,"
