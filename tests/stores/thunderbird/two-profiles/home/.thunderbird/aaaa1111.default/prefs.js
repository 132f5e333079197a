// Mozilla User Preferences

user_pref("app.update.enabled", false);
