#!/usr/bin/env python3
"""Asks the real NSS about a profile: which library is used is decided by LD_LIBRARY_PATH.

Standard input: {"profile": folder, "primaryPassword": text, "requests": [...]} with the requests
  {"do": "encrypt", "cipher": "aes" | "des3", "text": ...}   makes the key if there is none
  {"do": "decrypt", "value": base64}
  {"do": "set-primary-password", "to": text}
Standard output: {"version": ..., "unlocked": bool, "answers": [text or null, ...]}.
"""

import base64
import ctypes
import json
import sys

CKM_AES_CBC = 0x1082


class Item(ctypes.Structure):
    _fields_ = [("type", ctypes.c_uint), ("data", ctypes.c_void_p), ("length", ctypes.c_uint)]

    @classmethod
    def of(cls, data):
        item = cls(0, None, len(data))
        item.kept = ctypes.create_string_buffer(data, max(1, len(data)))
        item.data = ctypes.cast(item.kept, ctypes.c_void_p)
        return item

    def octets(self):
        return ctypes.string_at(self.data, self.length)


class Nss:
    def __init__(self, profile, primary_password):
        self.library = ctypes.CDLL("libnss3.so")
        self.library.PK11_GetInternalKeySlot.restype = ctypes.c_void_p
        self.library.NSS_GetVersion.restype = ctypes.c_char_p
        if self.library.NSS_Initialize(f"sql:{profile}".encode(), b"", b"", b"secmod.db", 0):
            sys.exit("NSS_Initialize failed")
        self.slot = ctypes.c_void_p(self.library.PK11_GetInternalKeySlot())
        self.primary_password = primary_password.encode()
        if self.library.PK11_NeedUserInit(self.slot):
            self.library.PK11_InitPin(self.slot, b"", self.primary_password)
        self.unlocked = self.library.PK11_CheckUserPassword(self.slot, self.primary_password) == 0

    def encrypt(self, cipher, text):
        key_id, result, plain = Item(0, None, 0), Item(), Item.of(text.encode())
        by_reference = (ctypes.byref(key_id), ctypes.byref(plain), ctypes.byref(result), None)
        if cipher == "des3":
            failed = self.library.PK11SDR_Encrypt(*by_reference)
        else:
            call = self.library.PK11SDR_EncryptWithMechanism
            call.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong] + [ctypes.c_void_p] * 3
            key, data, out, context = by_reference
            failed = call(None, key, CKM_AES_CBC, data, out, context)
        return None if failed else base64.b64encode(result.octets()).decode()

    def decrypt(self, value):
        blob, result = Item.of(base64.b64decode(value)), Item()
        failed = self.library.PK11SDR_Decrypt(ctypes.byref(blob), ctypes.byref(result), None)
        return None if failed else result.octets().decode()

    def set_primary_password(self, to):
        failed = self.library.PK11_ChangePW(self.slot, self.primary_password, to.encode())
        return None if failed else to

    def answer(self, request):
        match request["do"]:
            case "encrypt":
                return self.encrypt(request["cipher"], request["text"])
            case "decrypt":
                return self.decrypt(request["value"])
            case "set-primary-password":
                return self.set_primary_password(request["to"])


def main():
    given = json.load(sys.stdin)
    nss = Nss(given["profile"], given["primaryPassword"])
    answers = [nss.answer(request) for request in given["requests"]] if nss.unlocked else []
    version = nss.library.NSS_GetVersion().decode()
    json.dump({"version": version, "unlocked": nss.unlocked, "answers": answers}, sys.stdout)
    nss.library.NSS_Shutdown()


main()
