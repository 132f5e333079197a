import { aerc } from './aerc.ts';
import { balsa } from './balsa.ts';
import { browsersChromium } from './browsers-chromium.ts';
import { browsersFirefox } from './browsers-firefox.ts';
import { clawsMail } from './claws-mail.ts';
import { evolutionStore } from './evolution.ts';
import { fetchmail } from './fetchmail.ts';
import { geary } from './geary.ts';
import { mailspring } from './mailspring.ts';
import { mbsync } from './mbsync.ts';
import { mpop } from './mpop.ts';
import { msmtp } from './msmtp.ts';
import { mutt } from './mutt.ts';
import { offlineimap } from './offlineimap.ts';
import { sylpheed } from './sylpheed.ts';
import { thunderbird } from './thunderbird.ts';
import { netrcStore } from './netrc.ts';
import { gitSendEmail } from './git-send-email.ts';
import { gitCredentialStore } from './git-credentials.ts';
import { kdeTransports } from './kde-transports.ts';
import { kmail } from './kmail.ts';
import { keychain } from './keychain.ts';
import { networkManager } from './network-manager.ts';
import { networkShares } from './network-shares.ts';
import { curl } from './curl.ts';
import { networkPasswords } from './network-passwords.ts';
import { onlineAccountsStore } from './online-accounts.ts';
import { swaks } from './swaks.ts';
import { sNail } from './s-nail.ts';
import { getmail } from './getmail.ts';
import { vdirsyncer } from './vdirsyncer.ts';
import type { Store } from '../engine/ports.ts';

/** Every store, in the order in which their places are shown. The only list that knows platforms. */
export const STORES: readonly Store[] = [
  aerc,
  balsa,
  curl,
  swaks,
  clawsMail,
  evolutionStore,
  fetchmail,
  getmail,
  geary,
  gitCredentialStore,
  gitSendEmail,
  kdeTransports,
  keychain,
  kmail,
  mailspring,
  mbsync,
  mpop,
  msmtp,
  mutt,
  netrcStore,
  networkPasswords,
  onlineAccountsStore,
  offlineimap,
  sNail,
  sylpheed,
  thunderbird,
  networkManager,
  networkShares,
  vdirsyncer,
  browsersChromium,
  browsersFirefox,
];
