import { Printer } from './print.ts';
import { setStage } from './stage.ts';
import { tell } from './story.ts';

const keep = process.argv.includes('--keep');
const printer = new Printer();
const started = performance.now();

printer.title('Rekey: one reset mail password, from the first wrong try to undo.');
printer.line(
  'Real file formats in a scratch home, mail servers with TLS on this computer, the real command line.',
);

const stage = await setStage();
try {
  await tell(stage, printer);
} finally {
  await stage.strike(keep);
}

const seconds = ((performance.now() - started) / 1000).toFixed(1);
printer.title(
  printer.failed === 0
    ? `Done in ${seconds} s: every line with a mark was verified.`
    : `${printer.failed} of the lines above did not hold. This is a bug in Rekey or in its demo.`,
);
printer.line(
  'Not shown here: the real mail programs, mail servers and keyrings. `npm run test:all` runs Rekey',
);
printer.line('against Thunderbird, mbsync, msmtp, mpop, git, curl, GNOME Keyring, Dovecot and Postfix.');
printer.line('`npm run demo:app` puts the app in front of the same home and servers.');
if (keep) printer.line(`The scratch home is kept: ${stage.root}`);
process.exitCode = printer.failed === 0 ? 0 : 1;
