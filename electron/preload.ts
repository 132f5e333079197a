import { contextBridge, ipcRenderer } from 'electron';
import type { Answer, CallName, ProgressEvent, RekeyApi, Request } from '../shared/contract.ts';

const call =
  <C extends CallName>(name: C) =>
  (request: Request<C>): Promise<Answer<C>> =>
    ipcRenderer.invoke(name, request);

/** The calls by hand: what the page can reach is what stands here. */
const rekey: RekeyApi = {
  scan: call('scan'),
  plan: call('plan'),
  recheck: call('recheck'),
  apply: call('apply'),
  removeOld: call('removeOld'),
  cancel: call('cancel'),
  undo: call('undo'),
  history: call('history'),
  forget: call('forget'),
  recover: call('recover'),
  current: call('current'),
  saveReport: call('saveReport'),
  onProgress: (listener) => {
    const forward = (_event: unknown, event: ProgressEvent): void => listener(event);
    ipcRenderer.on('progress', forward);
    return () => void ipcRenderer.off('progress', forward);
  },
};

contextBridge.exposeInMainWorld('rekey', rekey);
