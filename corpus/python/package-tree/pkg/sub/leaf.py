x = "leaf module"
