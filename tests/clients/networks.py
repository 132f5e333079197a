#!/usr/bin/python3
"""Asks NetworkManager's own library and libsecret, as bound for Python (Debian: python3-gi, gir1.2-nm-1.0, gir1.2-secret-1).

Standard input: a list of requests, standard output: the list of answers.
  {"do": "write", "kind": "802-1x" or "vpn", "password": ...}   the profile as NetworkManager writes it
  {"do": "read", "kind": ..., "text": ...}                      the password that NetworkManager reads
  {"do": "store", "schema": "agent" or "network", "attributes": {...}, "label": ..., "password": ...}
  {"do": "lookup", "schema": ..., "attributes": {...}}          the password that a program finds, or null
"""

import json
import sys

import gi

gi.require_version("NM", "1.0")
gi.require_version("Secret", "1")
from gi.repository import NM, GLib, Secret  # noqa: E402

STRING = Secret.SchemaAttributeType.STRING
SCHEMAS = {
    "agent": Secret.Schema.new(
        "org.freedesktop.NetworkManager.Connection",
        Secret.SchemaFlags.DONT_MATCH_NAME,
        {"connection-uuid": STRING, "setting-name": STRING, "setting-key": STRING},
    ),
    "network": Secret.get_schema(Secret.SchemaType.COMPAT_NETWORK),
}
NONE = NM.KeyfileHandlerFlags.NONE


def connection(kind):
    made = NM.SimpleConnection.new()
    setting = NM.SettingConnection.new()
    setting.set_property("id", 'Corp "Büro"; x')
    setting.set_property("uuid", "11111111-2222-3333-4444-555555555555")
    setting.set_property("type", "vpn" if kind == "vpn" else "802-3-ethernet")
    made.add_setting(setting)
    return made


def write(kind, password):
    made = connection(kind)
    if kind == "vpn":
        setting = NM.SettingVpn.new()
        setting.set_property("service-type", "org.freedesktop.NetworkManager.openvpn")
        setting.add_data_item("username", "jane@example.org")
        setting.add_data_item("remote", "vpn.example.org:1194:udp, vpn2.example.org")
        setting.add_data_item("password-flags", "0")
        setting.add_secret("password", password)
    else:
        made.add_setting(NM.SettingWired.new())
        setting = NM.Setting8021x.new()
        setting.add_eap_method("peap")
        setting.set_property("phase2-auth", "mschapv2")
        setting.set_property("identity", "EXAMPLE\\jane")
        setting.set_property("password", password)
    made.add_setting(setting)
    made.normalize()
    return NM.keyfile_write(made, NONE, None, None).to_data()[0]


def read(kind, text):
    loaded = GLib.KeyFile()
    loaded.load_from_bytes(GLib.Bytes.new(text.encode()), GLib.KeyFileFlags.NONE)
    made = NM.keyfile_read(loaded, "/", NONE, None, None)
    if kind == "vpn":
        return made.get_setting_vpn().get_secret("password")
    return made.get_setting_802_1x().get_password()


def answer(request):
    do = request["do"]
    if do == "write":
        return write(request["kind"], request["password"])
    if do == "read":
        return read(request["kind"], request["text"])
    schema, attributes = SCHEMAS[request["schema"]], request["attributes"]
    if do == "store":
        return Secret.password_store_sync(schema, attributes, None, request["label"], request["password"], None)
    return Secret.password_lookup_sync(schema, attributes, None)


print(json.dumps([answer(request) for request in json.load(sys.stdin)]))
