// Mozilla User Preferences

user_pref("mail.accountmanager.accounts", "account1");
user_pref("mail.account.account1.identities", "id1");
user_pref("mail.account.account1.server", "server1");
user_pref("mail.identity.id1.fullName", "Alice Example");
user_pref("mail.identity.id1.useremail", "alice@corp.example");
user_pref("mail.identity.id1.valid", true);
user_pref("mail.identity.id1.smtpServer", "ews1");
user_pref("mail.server.server1.name", "alice@corp.example");
user_pref("mail.server.server1.type", "ews");
user_pref("mail.server.server1.hostname", "mail.corp.example");
user_pref("mail.server.server1.userName", "CORP\\alice");
user_pref("mail.server.server1.authMethod", 3);
user_pref("mail.server.server1.socketType", 3);
user_pref("mail.server.server1.ews_url", "https://mail.corp.example/EWS/Exchange.asmx");
user_pref("mail.smtpservers", "ews1");
user_pref("mail.smtp.defaultserver", "ews1");
user_pref("mail.smtpserver.ews1.type", "ews");
user_pref("mail.smtpserver.ews1.ews_url", "https://mail.corp.example/EWS/Exchange.asmx");
user_pref("mail.smtpserver.ews1.username", "CORP\\alice");
user_pref("mail.smtpserver.ews1.auth_method", 3);
