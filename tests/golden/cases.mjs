// Every answer that is pinned: a name, the commands that give it and the files these read.
import {ownInputs} from '../parity/own_inputs.mjs';
import {commands} from './cases_commands.mjs';
import {models} from './cases_models.mjs';
import {plans} from './cases_plans.mjs';
import {problems} from './cases_problems.mjs';
import {stores, windows} from './cases_windows.mjs';
import {post} from './requests.mjs';
import {ROOT} from './run.mjs';

// Parity's own requests; one becomes a file name without spaces.
function parity() {
  const before = process.cwd();
  process.chdir(ROOT);
  try {
    return ownInputs().map(({name, target, body}) =>
      post(`parity/${name.replace(/^tests\/data\//, '').replace(/[^\w.,=/-]+/g, '_')}`, target, body));
  } finally {
    process.chdir(before);
  }
}

export const everything = () =>
  ({cases: [...parity(), ...plans(), ...windows(), ...problems(), ...models(), ...commands()], stores: stores()});
