import { createContext, useContext } from 'react';
import { en } from '../shared/messages/en.ts';
import type { Messages } from '../shared/messages/messages.ts';

export const MessagesContext = createContext<Messages>(en);

/** The texts in the user's language. */
export const useMessages = (): Messages => useContext(MessagesContext);
