#!/usr/bin/python3
"""Asks GLib and Evolution's own library, as bound for Python (Debian: python3-gi, gir1.2-edataserver-1.2).

Standard input: a list of requests, standard output: the list of answers.
  {"do": "key-file", "text": ...}            {group: {key: value or null}}, null for what GLib does not load
  {"do": "variant", "text": ...}             {key: text} of an a{sv}, null for what GLib does not parse
  {"do": "source", "source": {...}}          {"file": ..., "label": ...}
  {"do": "serves", "collection": {...}, "child": {...}}    whether the collection keeps the child's password
  {"do": "store", "source": {...}, "password": ...}        true once the library has stored it
  {"do": "lookup", "source": {...}}          the password that the library finds, or null
A source is {"uid", "name", "type", "backend", "host"?, "user"?, "method"?, "remember"?}.
"""

import json
import sys

import gi

gi.require_version("EDataServer", "1.2")
from gi.repository import EDataServer, GLib  # noqa: E402


def key_file(text):
    loaded = GLib.KeyFile()
    try:
        loaded.load_from_bytes(GLib.Bytes.new(text.encode()), GLib.KeyFileFlags.KEEP_TRANSLATIONS)
    except GLib.Error:
        return None
    return {group: {key: value_in(loaded, group, key) for key in loaded.get_keys(group)[0]} for group in loaded.get_groups()[0]}


def value_in(loaded, group, key):
    try:
        return loaded.get_string(group, key)
    except GLib.Error:
        return None


def variant(text):
    try:
        return GLib.Variant.parse(GLib.VariantType("a{sv}"), text, None, None).unpack()
    except GLib.Error:
        return None


def source_of(request):
    source = EDataServer.Source.new_with_uid(request["uid"], None)
    source.set_display_name(request.get("name", ""))
    extension = source.get_extension(request["type"])
    extension.set_backend_name(request["backend"])
    if "host" in request:
        authentication = source.get_extension("Authentication")
        authentication.set_host(request["host"])
        authentication.set_user(request["user"])
        authentication.set_method(request.get("method", "none"))
        authentication.set_remember_password(request.get("remember", True))
    return source


def answer(request):
    do = request["do"]
    if do == "key-file":
        return key_file(request["text"])
    if do == "variant":
        return variant(request["text"])
    if do == "serves":
        collection, child = source_of(request["collection"]), source_of(request["child"])
        # The binding does not know that these are sources.
        return EDataServer.util_can_use_collection_as_credential_source(collection.__gpointer__, child.__gpointer__)
    source = source_of(request["source"])
    if do == "source":
        return {"file": source.to_string()[0], "label": source.dup_secret_label()}
    if do == "store":
        return source.store_password_sync(request["password"], True, None)
    found, password = source.lookup_password_sync(None)
    return password if found else None


print(json.dumps([answer(request) for request in json.load(sys.stdin)]))
