// Mozilla User Preferences

# on top of prefs.js
user_pref("mail.server.server2.port", 1993);
