import os

LAKE = "acme-{}-lake".format(os.environ.get("ACME_STAGE", "dev"))
