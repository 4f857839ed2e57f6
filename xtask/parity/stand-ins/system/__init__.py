"""One of several folders of system tests; providers bring theirs."""

__path__ = __import__("pkgutil").extend_path(__path__, __name__)
