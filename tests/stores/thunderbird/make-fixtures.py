#!/usr/bin/env python3
"""Makes the fixture homes of the Thunderbird store: python3 make-fixtures.py [CASE...]

Keys and encrypted values are made by the real NSS, so that our own reader is never its own judge. Debian's
libnss3 (3.87 in Debian 12) makes what older Thunderbirds made: triple DES, salts of 20 octets. Thunderbird's own NSS
(3.125 in 153) makes AES keys and salts of 48 octets. entries.json and home.after come from the generic store test.
"""

import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

import old_scheme

HERE = pathlib.Path(__file__).resolve().parent
NSS = HERE.parent.parent / "clients" / "nss.py"
LIBRARIES = {"old": "", "new": "/usr/lib/thunderbird"}
TIME = 1735689600000
NEW_PASSWORD = "N€w \"pass\\word' é$&"
PRIMARY = "Über geheim"


def nss(library, folder, primary, requests):
    given = {"profile": str(folder), "primaryPassword": primary, "requests": requests}
    done = subprocess.run(
        [sys.executable, NSS],
        input=json.dumps(given),
        env={**os.environ, "LD_LIBRARY_PATH": LIBRARIES[library]},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)["answers"]


class Profile:
    """A profile folder whose values are encrypted one by one; `ciphers` are made in order: (library, cipher)."""

    def __init__(self, folder, ciphers=(("new", "aes"),), primary=""):
        self.folder, self.primary = folder, primary
        self.ciphers = ciphers
        self.work = pathlib.Path(tempfile.mkdtemp())
        self.next_id = 1
        folder.mkdir(parents=True)
        for library, cipher in ciphers:
            nss(library, self.work, primary, [{"do": "encrypt", "cipher": cipher, "text": "x"}])

    def login(self, origin, username, password, cipher=None, **changes):
        library, kind = next(pair for pair in self.ciphers if cipher in (None, pair[1]))
        requests = [{"do": "encrypt", "cipher": kind, "text": text} for text in (username, password)]
        encrypted = nss(library, self.work, self.primary, requests)
        self.next_id += 1
        number = self.next_id - 1
        return {
            "id": number,
            "hostname": origin,
            "httpRealm": origin,
            "formSubmitURL": None,
            "usernameField": "",
            "passwordField": "",
            "encryptedUsername": encrypted[0],
            "encryptedPassword": encrypted[1],
            "guid": "{%08x-1111-4222-8333-444455556666}" % number,
            "encType": 1,
            "timeCreated": TIME,
            "timeLastUsed": TIME,
            "timePasswordChanged": TIME,
            "timesUsed": 1,
            "timeLastBreachAlertDismissed": None,
            "syncCounter": 1,
            "everSynced": False,
            "encryptedUnknownFields": None,
            **changes,
        }

    def logins(self, logins, name="logins.json"):
        data = {"nextId": self.next_id, "logins": logins, "potentiallyVulnerablePasswords": [], "version": 3}
        self.write(name, json.dumps(data, separators=(",", ":"), ensure_ascii=False))

    def prefs(self, *lines, name="prefs.js"):
        self.write(name, "// Mozilla User Preferences\n\n" + "".join(f"{line}\n" for line in lines))

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def keep_keys(self):
        """NSS's database is mostly empty pages of 32 KiB; smaller pages hold the same rows."""
        target = self.folder / "key4.db"
        shutil.copyfile(self.work / "key4.db", target)
        database = sqlite3.connect(target)
        database.execute("PRAGMA journal_mode = DELETE")
        database.execute("PRAGMA page_size = 1024")
        database.execute("VACUUM")
        database.close()


def pref(name, value):
    return f'user_pref("{name}", {json.dumps(value)});'


def branch(prefix, values):
    return [pref(f"{prefix}.{name}", value) for name, value in values.items()]


def account(number, address, server, smtp=None):
    identity = {"fullName": "Alice Example", "useremail": address, "valid": True}
    return [
        pref(f"mail.account.account{number}.identities", f"id{number}"),
        pref(f"mail.account.account{number}.server", f"server{number}"),
        *branch(f"mail.identity.id{number}", {**identity, **({"smtpServer": smtp} if smtp else {})}),
        *branch(f"mail.server.server{number}", {"name": address, **server}),
    ]


def accounts(*numbers):
    return [pref("mail.accountmanager.accounts", ",".join(f"account{number}" for number in numbers))]


LOCAL_FOLDERS = [
    pref("mail.account.account9.server", "server9"),
    *branch("mail.server.server9", {"type": "none", "hostname": "Local Folders", "userName": "nobody"}),
]


def incoming(kind, host, user, **more):
    return {"type": kind, "hostname": host, "userName": user, "authMethod": 3, "socketType": 3, **more}


def smtp(key, host, user, **more):
    values = {"type": "smtp", "hostname": host, "username": user, "authMethod": 3, "try_ssl": 2, "port": 587, **more}
    return branch(f"mail.smtpserver.{key}", values)


def outgoing(*keys):
    return [pref("mail.smtpservers", ",".join(keys)), pref("mail.smtp.defaultserver", keys[0])]


ALICE = "alice@example.org"
IMAP = incoming("imap", "imap.example.org", ALICE, port=993)


def standard(address=ALICE, server=IMAP, host="smtp.example.org"):
    return [
        *accounts(1, 9),
        *account(1, address, server, "smtp1"),
        *LOCAL_FOLDERS,
        *outgoing("smtp1"),
        *smtp("smtp1", host, address),
    ]


def standard_logins(profile, password="old secret", **more):
    return [
        profile.login("imap://imap.example.org", ALICE, password, **more),
        profile.login("smtp://smtp.example.org", ALICE, password, **more),
    ]


def root_of(home):
    return home / ".thunderbird"


def one_profile(home, name="abcd1234.default-default", **more):
    root = root_of(home)
    profile = Profile(root / name, **more)
    (root / "profiles.ini").write_text(
        f"[Install0123456789ABCDEF]\nDefault={name}\nLocked=1\n\n"
        f"[Profile0]\nName=default-default\nIsRelative=1\nPath={name}\n\n"
        "[General]\nStartWithLastProfile=1\nVersion=2\n"
    )
    return profile


def imap_smtp_aes(home):
    profile = one_profile(home)
    profile.prefs(*standard())
    other = profile.login("imap://imap.example.org", "ALICE@example.org", "of another spelling")
    tombstone = {"guid": "{deadbeef-1111-4222-8333-444455556666}", "deleted": True, "syncCounter": 2}
    profile.logins([other, tombstone, *standard_logins(profile)])
    profile.keep_keys()


def pop3_3des(home):
    profile = one_profile(home, ciphers=[("old", "des3")])
    profile.prefs(*standard(server=incoming("pop3", "Pop3.Example.ORG", ALICE, socketType=2)))
    login = profile.login("mailbox://Pop3.Example.ORG", ALICE, "old sécret")
    for name in ("timeLastBreachAlertDismissed", "syncCounter", "everSynced", "encryptedUnknownFields"):
        del login[name]
    sending = profile.login("smtp://smtp.example.org", ALICE, "old sécret", timesUsed=7)
    # an indented file with other members, as no Thunderbird writes it but each one reads it
    data = {"version": 2, "logins": [login, sending], "extra": {"note": "Grüße } ] \" \\"}, "nextId": 3}
    profile.write("logins.json", json.dumps(data, indent=2, ensure_ascii=False) + "\n")
    profile.keep_keys()


def both_keys(home):
    profile = one_profile(home, ciphers=[("old", "des3"), ("new", "aes")])
    profile.prefs(*standard())
    imap = profile.login("imap://imap.example.org", ALICE, "old secret", cipher="des3")
    sending = profile.login("smtp://smtp.example.org", ALICE, "old secret", cipher="aes")
    profile.logins([imap, sending])
    profile.keep_keys()


def primary_password(library, cipher):
    def make(home):
        profile = one_profile(home, ciphers=[(library, cipher)], primary=PRIMARY)
        profile.prefs(*standard())
        profile.logins(standard_logins(profile))
        profile.keep_keys()

    return make


def primary_password_old_scheme(home):
    profile = one_profile(home, ciphers=[("old", "des3")], primary=PRIMARY)
    old_scheme.convert(profile.work / "key4.db", PRIMARY)
    profile.prefs(*standard())
    profile.logins(standard_logins(profile))
    profile.keep_keys()


def missing_logins(home):
    profile = one_profile(home)
    profile.prefs(*standard())
    profile.keep_keys()
    backed = Profile(root_of(home) / "wxyz.backup-only")
    backed.prefs(*standard(server=incoming("imap", "imap.example.org", ALICE)))
    backed.logins(standard_logins(backed)[:1], name="logins-backup.json")
    backed.keep_keys()
    keyless = root_of(home) / "nokeys.fresh"
    keyless.mkdir()
    (keyless / "prefs.js").write_text("".join(f"{line}\n" for line in standard()))


def oauth_account(home):
    profile = one_profile(home)
    profile.prefs(
        *accounts(1, 2),
        *account(1, ALICE, incoming("imap", "outlook.office365.com", ALICE, authMethod=10), "smtp1"),
        *account(2, ALICE, {**incoming("graph", "graph.microsoft.com", ALICE), "authMethod": 10}),
        *outgoing("smtp1"),
        *smtp("smtp1", "smtp.office365.com", ALICE, authMethod=10),
    )
    scopes = "https://outlook.office.com/IMAP.AccessAsUser.All offline_access"
    token = profile.login("oauth://login.microsoftonline.com", ALICE, "refresh token", httpRealm=scopes)
    profile.logins([token, profile.login("imap://outlook.office365.com", ALICE, "long dead")])
    profile.keep_keys()


def oauth_leftovers(**more):
    def make(home):
        profile = one_profile(home, **more)
        profile.prefs(
            *accounts(1),
            *account(1, ALICE, incoming("imap", "imap.example.org", ALICE, authMethod=10), "smtp1"),
            *outgoing("smtp1"),
            *smtp("smtp1", "smtp.example.org", ALICE, authMethod=10),
        )
        token = profile.login("oauth://accounts.example.org", ALICE, "refresh token", httpRealm="mail offline_access")
        calendar = profile.login("https://dav.example.org", "carol", "hers", httpRealm="Calendars")
        reading, sending = standard_logins(profile)
        profile.logins([reading, token, calendar, sending])
        profile.logins([token, reading], name="logins-backup.json")
        profile.keep_keys()

    return make


def ews(home):
    profile = one_profile(home)
    url = "https://mail.corp.example/EWS/Exchange.asmx"
    server = incoming("ews", "mail.corp.example", "CORP\\alice", ews_url=url)
    profile.prefs(
        *accounts(1),
        *account(1, "alice@corp.example", server, "ews1"),
        *outgoing("ews1"),
        *branch("mail.smtpserver.ews1", {"type": "ews", "ews_url": url, "username": "CORP\\alice", "auth_method": 3}),
    )
    profile.logins([profile.login("ews://mail.corp.example", "CORP\\alice", "old secret")])
    profile.keep_keys()


def backup_older_value(home):
    profile = one_profile(home)
    profile.prefs(*standard())
    logins = standard_logins(profile)
    profile.logins(logins)
    older = {**logins[0], "encryptedPassword": profile.login("", "", "older secret")["encryptedPassword"]}
    profile.logins([older], name="logins-backup.json")
    profile.keep_keys()


def two_profiles(home):
    root = root_of(home)
    root.mkdir(parents=True)
    names = ["aaaa1111.default", "bbbb2222.default-default", "../Mail/outside", "cccc3333.forgotten"]
    (root / "profiles.ini").write_text(
        "[Install0123456789ABCDEF]\nDefault=bbbb2222.default-default\nLocked=1\n\n"
        + "".join(
            f"[Profile{index}]\nName=p{index}\nIsRelative=1\nPath={name}\n\n"
            for index, name in enumerate(names[:3])
        )
        + "[General]\nStartWithLastProfile=1\nVersion=2\n"
    )
    for name in names:
        profile = Profile((home / "Mail" / "outside") if name.startswith("..") else root / name)
        if name == names[0]:
            profile.prefs(pref("app.update.enabled", False))
            continue
        profile.prefs(*standard())
        profile.logins(standard_logins(profile))
        profile.keep_keys()


def shared_host_two_users(home):
    profile = one_profile(home)
    bob = "bob@example.org"
    profile.prefs(
        *accounts(1, 2),
        *account(1, ALICE, IMAP, "smtp1"),
        *account(2, bob, {**IMAP, "userName": bob}, "smtp2"),
        *outgoing("smtp1", "smtp2", "smtp3"),
        *smtp("smtp1", "smtp.example.org", ALICE),
        *smtp("smtp2", "smtp.example.org", bob, incomingAccount="server2"),
        *smtp("smtp3", "smtp.unused.example", ALICE),
    )
    profile.prefs("# on top of prefs.js", pref("mail.server.server2.port", 1993), name="user.js")
    profile.logins([*standard_logins(profile), profile.login("imap://imap.example.org", bob, "bob's own")])
    profile.keep_keys()


def truncated_logins(home):
    profile = one_profile(home)
    profile.prefs(*standard())
    profile.logins(standard_logins(profile))
    whole = (profile.folder / "logins.json").read_bytes()
    (profile.folder / "logins-backup.json").write_bytes(whole)
    (profile.folder / "logins.json").write_bytes(whole[: len(whole) // 2])
    profile.keep_keys()


def dav_login(home):
    profile = one_profile(home)
    profile.prefs(*standard())
    calendar = profile.login("https://dav.example.org:8443", ALICE, "old secret", httpRealm="Calendars")
    stranger = profile.login("https://dav.example.org:8443", "carol", "hers", httpRealm="Calendars")
    form = profile.login(
        "https://www.example.org", ALICE, "a web page", httpRealm=None, formSubmitURL="https://www.example.org"
    )
    profile.logins([*standard_logins(profile), calendar, stranger, form])
    profile.keep_keys()


def old_format(home):
    profile = one_profile(home)
    profile.prefs(*standard())
    profile.write("key3.db", "")
    profile.write("signons.sqlite", "")


CASES = {
    "imap-smtp-aes": (imap_smtp_aes, {}),
    "pop3-3des": (pop3_3des, {}),
    "both-keys": (both_keys, {}),
    "primary-password-old-salt": (primary_password("old", "des3"), {"primaryPassword": PRIMARY}),
    "primary-password-new-salt": (primary_password("new", "aes"), {"primaryPassword": PRIMARY}),
    "primary-password-old-scheme": (primary_password_old_scheme, {"primaryPassword": PRIMARY}),
    "missing-logins": (missing_logins, {"addMissing": True}),
    "oauth-account": (oauth_account, {}),
    "oauth-leftovers": (oauth_leftovers(), {}),
    "oauth-leftovers-locked": (
        oauth_leftovers(ciphers=[("old", "des3")], primary=PRIMARY),
        {"primaryPassword": PRIMARY},
    ),
    "ews": (ews, {}),
    "backup-older-value": (backup_older_value, {}),
    "two-profiles": (two_profiles, {}),
    "shared-host-two-users": (shared_host_two_users, {"addMissing": True}),
    "truncated-logins": (truncated_logins, {}),
    "dav-login": (dav_login, {}),
    "old-format": (old_format, {}),
}


def main():
    for name in sys.argv[1:] or CASES:
        make, extra = CASES[name]
        folder = HERE / name
        shutil.rmtree(folder, ignore_errors=True)
        make(folder / "home")
        given = {"password": NEW_PASSWORD, **extra}
        (folder / "case.json").write_text(json.dumps(given, indent=2, ensure_ascii=False) + "\n")


main()
