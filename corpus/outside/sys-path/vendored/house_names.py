BUCKET = "house-bucket"
