import type { TestMessageTexts } from './test-message.ts';

export const enTestMessage: TestMessageTexts = {
  subject: 'Test message: your new mail password works',
  text: 'Rekey sent this message from {account} to itself, with the new password, because you asked for it. You can delete it.',
  wish: 'Send a test message to myself',
  wishHelp: 'One message from {account} to itself, at the end. It stays in your inbox.',
  title: 'Test message',
  name: 'From you to yourself',
  states: {
    ahead: 'not yet',
    sending: 'sending',
    waiting: 'waiting for it to arrive',
    arrived: 'arrived',
    sent: 'sent',
    late: 'sent, not seen yet',
    failed: 'not sent',
  },
  arrivedAfter: 'arrived after {n} s',
  unseen: 'Rekey did not see it arrive. Look in your inbox.',
  heading: 'Sending the test message',
  help: 'The places are done.',
  cancel: 'Cancel stops waiting for the test message.',
};
