"""Makes the passwordstorerc files of these fixtures with OpenSSL, as src/password.c of Claws Mail does with GnuTLS."""

import base64
import hashlib
import json
import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
SALT = bytes(range(64))
ROUNDS = 1000
PRIMARY = "Primär \"1\""


def derived(passphrase, length, rounds=ROUNDS):
    return hashlib.pbkdf2_hmac("sha1", passphrase.encode(), SALT, rounds, length)


def sealed(password, passphrase="passkey0", rounds=ROUNDS):
    plain = b"R" * 16 + password.encode()
    plain += b"\0" * (128 - len(password.encode()) % 128)
    key = derived(passphrase, 32, rounds).hex()
    command = ["openssl", "enc", "-aes-256-cbc", "-nopad", "-K", key, "-iv", "49" * 16]
    value = subprocess.run(command, input=plain, capture_output=True, check=True).stdout
    return "{AES-256-CBC,%d}%s" % (rounds, base64.b64encode(value).decode())


def clawsrc(extra="", version=6):
    salt = base64.b64encode(SALT).decode()
    return f"[Common]\nconfig_version={version}\nmaster_passphrase_salt={salt}\nmaster_passphrase_pbkdf2_rounds={ROUNDS}\n{extra}"


def account(number, **settings):
    lines = [f"[Account: {number}]"] + [f"{key}={value}" for key, value in settings.items()]
    return "\n".join(lines) + "\n"


def write(case, files, **about):
    home = os.path.join(HERE, case, "home", ".claws-mail")
    os.makedirs(home, exist_ok=True)
    with open(os.path.join(HERE, case, "case.json"), "w") as file:
        json.dump({"password": "N€w \"P\\a ss'", **about}, file, ensure_ascii=False)
        file.write("\n")
    for name, text in files.items():
        with open(os.path.join(home, name), "w", newline="") as file:
            file.write(text)


IMAP = dict(config_version=6, account_name="Work", address="jane@example.org", protocol=1, receive_server="imap.example.org", smtp_server="smtp.example.org", user_id="jane", imap_auth_method=0, ssl_imap=1, set_imapport=0, imap_port=143)
NO_SENDING = dict(use_smtp_auth=0)

separate = account(1, **IMAP, use_smtp_auth=1, smtp_auth_method=0, smtp_user_id="jane@example.org", ssl_smtp=2, set_smtpport=1, smtp_port=587)
shared = account(2, config_version=6, account_name="Home", address="jane@example.net", protocol=0, receive_server="pop.example.net", smtp_server="smtp.example.net", user_id="jane@example.net", ssl_pop=2, use_pop_auth=1, pop_auth_method=1, use_smtp_auth=1, smtp_user_id="", ssl_smtp=1)
token = account(3, **{**IMAP, "account_name": "Token", "imap_auth_method": 256}, use_smtp_auth=1, smtp_auth_method=16, smtp_user_id="")
both = account(4, **{**IMAP, "account_name": "Two ways"}, use_smtp_auth=1, smtp_auth_method=32, smtp_user_id="jane")
news = account(5, config_version=6, account_name="News", protocol=2, nntp_server="news.example.org", user_id="jane", use_nntp_auth=1)
gssapi = account(6, **{**IMAP, "account_name": "Kerberos", "imap_auth_method": 8}, **NO_SENDING)
local = account(7, config_version=6, account_name="Sending only", protocol=4, smtp_server="smtp.example.org", use_smtp_auth=1, smtp_user_id="robot")
everything = "\n".join([separate, shared, token, both, news, gssapi, local])

store = f"""[config_version:6]

[core:proxy]
proxy_pass {sealed("proxy")}

[account:1]
send {sealed("old sending")}
recv {sealed("old receiving")}
recv_cert {sealed("certificate")}

[account:2]
recv {sealed("x" * 128)}

[account:3]
recv {sealed("access token")}
oauth2_refresh {sealed("refresh token")}
oauth2_access_expiry {sealed("1700000000")}

[account:4]
recv {sealed("old é€")}
send {sealed("access token")}

[plugin:vCalendar]
recv {sealed("of a plugin")}

[account:5]
recv {sealed("news")}

[account:7]
send {sealed("robot")}
"""
write("built-in-passphrase", {"accountrc": everything, "clawsrc": clawsrc("use_master_passphrase=0\n"), "passwordstorerc": store})

check = "{PBKDF2-HMAC-SHA1,%d}%s" % (ROUNDS, base64.b64encode(derived(PRIMARY, 64)).decode())
write(
    "primary-passphrase",
    {
        "accountrc": separate,
        "clawsrc": clawsrc(f"use_master_passphrase=1\nmaster_passphrase={check}\n"),
        "passwordstorerc": f"[config_version:6]\n\n[account:1]\nrecv {sealed('old', PRIMARY)}\nsend {sealed('old', PRIMARY)}\n",
    },
    primaryPassword=PRIMARY,
)

write("adding", {"accountrc": separate + "\n" + shared, "clawsrc": clawsrc(), "passwordstorerc": f"[config_version:6]\n\n[account:1]\nrecv {sealed('old')}\n\n[core:proxy]\nproxy_pass {sealed('proxy')}\n"}, addMissing=True)
write("adding-to-nothing", {"accountrc": separate, "clawsrc": clawsrc()}, addMissing=True)

old_numbers = account(1, account_name="Old numbers", address="jane@example.org", protocol=3, receive_server="imap.example.org", user_id="jane", ssl_imap=1)
moved = account(2, config_version=0, account_name="Moved at the next start", protocol=3, receive_server="imap.example.org", user_id="jane", password="!b2xk")
write("old-version", {"accountrc": old_numbers + "\n" + moved, "clawsrc": clawsrc(version=0), "passwordstorerc": f"[account:1]\nrecv {sealed('old')}\n\n[account:2]\nrecv {sealed('overwritten')}\n"})

write("not-started", {"accountrc": separate, "clawsrc": "[Common]\nconfig_version=6\n"})

spellings = "\n".join(account(number, **{**IMAP, "account_name": name}, **NO_SENDING) for number, name in [(1, "Carriage returns"), (2, "Twice"), (3, "Plain"), (4, "Behind an unknown block"), (5, "Three words")])
write(
    "spellings",
    {
        "accountrc": spellings.replace("\n", "\r\n"),
        "clawsrc": clawsrc(),
        "passwordstorerc": f"recv {sealed('of no block')}\n[account:1]\nrecv {sealed('old', rounds=7)}\r\n[account:2]\nrecv {sealed('first')}\nrecv {sealed('last')}\n[account:2]\nrecv {sealed('of a second block')}\n[account:3]\nrecv plain\n[account:4]\n[unknown:1]\nrecv {sealed('old')}\n[account:5]\nrecv {sealed('old')} \n[account:6]\nrecv {sealed('nobody')}",
    },
)
