value = "namespace"
