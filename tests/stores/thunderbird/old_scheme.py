"""Rewrites a key4.db of NSS 3.87 in the encryption that NSS before 3.49 used (PKCS #12, SHA-1, triple DES).

No NSS at hand writes it any more, but each one reads it: make-fixtures.py lets NSS open the result.
"""

import hashlib
import hmac
import os
import sqlite3
import subprocess

SHA1_DES3 = bytes.fromhex("060b2a864886f70d010c050103")
ROUNDS = 1


def convert(path, primary):
    database = sqlite3.connect(path)
    salt, check = database.execute("SELECT item1, item2 FROM metaData WHERE id = 'password'").fetchone()
    key = hashlib.sha1(salt + primary.encode()).digest()
    database.execute("UPDATE metaData SET item2 = ? WHERE id = 'password'", (rewrite(check, key),))
    for number, value in database.execute("SELECT id, a11 FROM nssPrivate").fetchall():
        database.execute("UPDATE nssPrivate SET a11 = ? WHERE id = ?", (rewrite(value, key), number))
    database.commit()
    database.close()


def rewrite(blob, password_key):
    salt = os.urandom(20)
    key, vector = derive(password_key, salt)
    plain = openssl("-aes-256-cbc", "-d", *modern(blob, password_key))
    cipher = openssl("-des-ede3-cbc", "-e", key, vector, plain)
    parameters = der(0x30, der(4, salt), der(2, bytes([ROUNDS])))
    return der(0x30, der(0x30, SHA1_DES3, parameters), der(4, cipher))


def derive(password_key, salt):
    digest = hashlib.sha1(password_key + salt).digest()
    first = hmac.digest(digest, salt + salt, "sha1")
    second = hmac.digest(digest, hmac.digest(digest, salt, "sha1") + salt, "sha1")
    stretched = first + second
    return stretched[:24], stretched[32:]


def modern(blob, password_key):
    """Key, vector and ciphertext of a PBES2 value: its OCTET STRINGs are salt, vector and ciphertext."""
    algorithm, ciphertext = children(children(blob)[0][2])[0], children(children(blob)[0][2])[1]
    derivation, scheme = children(children(algorithm[2])[1][2])
    salt, rounds = children(children(derivation[2])[1][2])[:2]
    key = hashlib.pbkdf2_hmac("sha256", password_key, salt[2], int.from_bytes(rounds[2]), 32)
    return key, children(scheme[2])[1][1], ciphertext[2]


def children(data):
    """(tag, whole element, content) of each element in a row."""
    found = []
    while data:
        size, header = data[1], 2
        if size & 0x80:
            header = 2 + (size & 0x7F)
            size = int.from_bytes(data[2:header])
        found.append((data[0], data[: header + size], data[header : header + size]))
        data = data[header + size :]
    return found


def der(tag, *parts):
    content = b"".join(parts)
    size = len(content)
    return bytes([tag, size] if size < 0x80 else [tag, 0x81, size]) + content


def openssl(cipher, direction, key, vector, data):
    arguments = ["openssl", "enc", cipher, direction, "-K", key.hex(), "-iv", vector.hex()]
    return subprocess.run(arguments, input=data, capture_output=True, check=True).stdout
