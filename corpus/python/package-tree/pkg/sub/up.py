from .. import beta; value = "up:" + beta.beta_value
