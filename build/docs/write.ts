import fs from 'node:fs';
import path from 'node:path';
import { storeDocuments } from './stores.ts';

for (const [file, source] of await storeDocuments()) {
  fs.writeFileSync(path.join(import.meta.dirname, '../..', file), source);
  console.log(file);
}
