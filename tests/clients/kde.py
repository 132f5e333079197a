"""Asks KDE's own library for KStringHandler::obscure: a JSON list of texts on stdin, the same of their disguises on
stdout. A QString is passed by hand, as the x86-64 ABI passes objects that are not trivially copied."""

import ctypes
import json
import sys

core = ctypes.CDLL("libQt5Core.so.5", mode=ctypes.RTLD_GLOBAL)
addons = ctypes.CDLL("libKF5CoreAddons.so.5")

from_utf8 = core["_ZN7QString15fromUtf8_helperEPKci"]
from_utf8.restype = ctypes.c_void_p
from_utf8.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]

obscure = addons["_ZN14KStringHandler7obscureERK7QString"]
obscure.restype = ctypes.c_void_p
obscure.argtypes = [ctypes.c_void_p, ctypes.c_void_p]


def text_of(string):
    """The UTF-16 units behind a QString of Qt 5: QArrayData's size and offset."""
    data = ctypes.c_void_p.from_buffer(string).value
    size = ctypes.c_int.from_address(data + 4).value
    offset = ctypes.c_int64.from_address(data + 16).value
    return ctypes.string_at(data + offset, size * 2).decode("utf-16-le", "surrogatepass")


def disguised(text):
    given, made = ctypes.create_string_buffer(8), ctypes.create_string_buffer(8)
    encoded = text.encode()
    from_utf8(ctypes.addressof(given), encoded, len(encoded))
    obscure(ctypes.addressof(made), ctypes.addressof(given))
    return text_of(made)


json.dump([disguised(text) for text in json.load(sys.stdin)], sys.stdout)
