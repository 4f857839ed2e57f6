import hashlib
[hashlib.md5(b"a").hexdigest(), hashlib.sha1(b"").hexdigest(), hashlib.sha256("é".encode()).hexdigest(), hashlib.sha512(b"x").hexdigest()[:16], hashlib.new("md5", b"a").hexdigest(), hashlib.sha224(b"a").hexdigest(), hashlib.sha384(b"a").hexdigest()[:20], hashlib.md5(b"a").digest()[:4], hashlib.md5(b"a", usedforsecurity=False).hexdigest(), hashlib.sha256().hexdigest()[:8]]

import hashlib
h = hashlib.md5()
h.update(b"a")
h.update(b"b")
g = h.copy()
g.update(b"c")
(h.hexdigest() == hashlib.md5(b"ab").hexdigest(), g.hexdigest(), h.name)

import hashlib
hashlib.md5("a")

import base64
[base64.b64encode(b"hello"), base64.b64decode("aGVsbG8="), base64.b64encode("é".encode()).decode(), base64.urlsafe_b64encode(b"\xff\xfe"), base64.urlsafe_b64decode("__4="), base64.b64decode(b"aGk="), base64.standard_b64encode(b"")]

import base64
base64.b64encode("a")

import uuid
[uuid.uuid5(uuid.NAMESPACE_DNS, "a"), str(uuid.uuid3(uuid.NAMESPACE_URL, "b")), uuid.UUID("12345678123456781234567812345678"), uuid.UUID("{12345678-1234-5678-1234-567812345678}").hex, uuid.UUID("12345678-1234-5678-1234-567812345678").int, uuid.uuid5(uuid.NAMESPACE_OID, "é").version, uuid.UUID("12345678-1234-5678-1234-567812345678") == uuid.UUID("12345678123456781234567812345678"), uuid.NAMESPACE_X500.urn, f"{uuid.uuid5(uuid.NAMESPACE_DNS, 'x')}"]

import uuid
uuid.UUID("x")

import uuid
uuid.uuid4()
# unknown: ok

import uuid
len(str(uuid.uuid4()))
# unknown: ok
