import { createRoot } from 'react-dom/client';
import { messagesFor } from '../shared/messages/index.ts';
import { App } from './app.tsx';
import { keptAppearance, showAppearance } from './appearance.ts';
import { MessagesContext } from './speech.ts';

const messages = messagesFor(navigator.language);
document.documentElement.lang = messages.language;
showAppearance(keptAppearance());

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
createRoot(root).render(
  <MessagesContext value={messages}>
    <App api={window.rekey} />
  </MessagesContext>,
);
