"""`packaging.version`: versions as PEP 440 orders them."""

import re


class InvalidVersion(ValueError):
    pass


_PATTERN = re.compile(
    r"v?(?:(?P<epoch>[0-9]+)!)?(?P<release>[0-9]+(?:\.[0-9]+)*)"
    r"(?:[-_.]?(?P<pre_l>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?P<pre_n>[0-9]+)?)?"
    r"(?:-(?P<post_n1>[0-9]+)|[-_.]?(?P<post_l>post|rev|r)[-_.]?(?P<post_n2>[0-9]+)?)?"
    r"(?:[-_.]?(?P<dev_l>dev)[-_.]?(?P<dev_n>[0-9]+)?)?"
    r"(?:\+(?P<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?"
)

_LETTERS = {"alpha": "a", "beta": "b", "c": "rc", "pre": "rc", "preview": "rc"}


class Version:
    def __init__(self, version):
        match = _PATTERN.fullmatch(version.strip().lower())
        if match is None:
            raise InvalidVersion(f"Invalid version: '{version}'")
        parts = match.groupdict()
        self.epoch = int(parts["epoch"] or 0)
        self.release = tuple(int(part) for part in parts["release"].split("."))
        letter = parts["pre_l"]
        self.pre = (_LETTERS.get(letter, letter), int(parts["pre_n"] or 0)) if letter else None
        if parts["post_n1"]:
            self.post = int(parts["post_n1"])
        else:
            self.post = int(parts["post_n2"] or 0) if parts["post_l"] else None
        self.dev = int(parts["dev_n"] or 0) if parts["dev_l"] else None
        self.local = re.sub("[-_]", ".", parts["local"]) if parts["local"] else None

    @property
    def _key(self):
        release = list(self.release)
        while release and release[-1] == 0:
            release.pop()
        if self.pre is not None:
            pre = (1, *self.pre)
        elif self.post is None and self.dev is not None:
            pre = (0,)
        else:
            pre = (2,)
        post = -1 if self.post is None else self.post
        dev = (1, 0) if self.dev is None else (0, self.dev)
        if self.local is None:
            local = ()
        else:
            local = tuple((1, int(part), "") if part.isdigit() else (0, 0, part) for part in self.local.split("."))
        return (self.epoch, tuple(release), pre, post, dev, local)

    @property
    def major(self):
        return self.release[0] if len(self.release) >= 1 else 0

    @property
    def minor(self):
        return self.release[1] if len(self.release) >= 2 else 0

    @property
    def micro(self):
        return self.release[2] if len(self.release) >= 3 else 0

    @property
    def base_version(self):
        epoch = f"{self.epoch}!" if self.epoch else ""
        return epoch + ".".join(map(str, self.release))

    @property
    def public(self):
        return str(self).split("+", 1)[0]

    @property
    def is_prerelease(self):
        return self.dev is not None or self.pre is not None

    @property
    def is_postrelease(self):
        return self.post is not None

    @property
    def is_devrelease(self):
        return self.dev is not None

    def __str__(self):
        text = self.base_version
        if self.pre is not None:
            text += "".join(map(str, self.pre))
        if self.post is not None:
            text += f".post{self.post}"
        if self.dev is not None:
            text += f".dev{self.dev}"
        if self.local is not None:
            text += f"+{self.local}"
        return text

    def __repr__(self):
        return f"<Version('{self}')>"

    def __lt__(self, other):
        return self._key < other._key if isinstance(other, Version) else NotImplemented

    def __le__(self, other):
        return self._key <= other._key if isinstance(other, Version) else NotImplemented

    def __gt__(self, other):
        return self._key > other._key if isinstance(other, Version) else NotImplemented

    def __ge__(self, other):
        return self._key >= other._key if isinstance(other, Version) else NotImplemented

    def __eq__(self, other):
        return self._key == other._key if isinstance(other, Version) else NotImplemented


def parse(version):
    return Version(version)
