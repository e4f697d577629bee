// node tests/golden/update.mjs CHANGE: pins the answers of today, as docs/changes/CHANGE.md explains.
import {answersNow} from './answers.mjs';
import {differences, readManifest, update} from './manifest.mjs';

const pinned = readManifest();
const given = await answersNow();
update(given, process.argv[2]);
console.log(differences(pinned, given).join('\n') || 'no answer changed');
