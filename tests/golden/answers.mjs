// node tests/golden/answers.mjs --list | --print NAME | --save FOLDER [PREFIX]
// The names of the answers, the bytes of one, or the bytes of all (whose names begin with PREFIX) as files.
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {everything} from './cases.mjs';
import {runAll, sha256} from './run.mjs';

// Map of a name to "sha256 status" of what the binary gives now.
export async function answersNow() {
  const answers = new Map();
  await runAll(everything(), (name, {status, text}) => answers.set(name, `${sha256(text)} ${status}`));
  return answers;
}

async function main([command, argument, prefix = '']) {
  const {cases, stores} = everything();
  if (command === '--list') {
    for (const {name} of cases) console.log(name);
  } else if (command === '--print' && cases.some(({name}) => name === argument)) {
    await runAll({cases: cases.filter(({name}) => name === argument), stores}, (_, {text}) => process.stdout.write(text));
  } else if (command === '--save' && argument !== undefined) {
    mkdirSync(argument, {recursive: true});
    await runAll({cases: cases.filter(({name}) => name.startsWith(prefix)), stores}, (name, {text}) =>
      writeFileSync(join(argument, name.replaceAll('/', '__')), text));
  } else {
    console.error('usage: node tests/golden/answers.mjs --list | --print NAME | --save FOLDER [PREFIX]');
    process.exitCode = 2;
  }
}

if (process.argv[1] === import.meta.filename) await main(process.argv.slice(2));
