REGION = "eu-local"
