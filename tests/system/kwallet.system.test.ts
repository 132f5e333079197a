import { KdeSession } from '../doubles/kde-session.ts';
import { kwalletCases } from './kwallet-cases.ts';

kwalletCases('kwalletd5', () => KdeSession.start());
