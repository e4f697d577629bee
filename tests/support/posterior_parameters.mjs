// From a Plimsoll model file to the parameter file that evaluate_posterior.py scores.
//
//   node tests/support/posterior_parameters.mjs MODEL.json CASE.json > PARAMS.json
import {readFileSync} from 'node:fs';

// `featureNames` gives the order that is wanted of beta: implementations sort holidays differently.
export function posteriorParameters(model, featureNames) {
  const {k, m, sigma_obs: sigmaObs, delta, beta} = model.params;
  const byName = new Map(model.feature_names.map((name, i) => [name, beta[i]]));
  const missing = featureNames.filter((name) => !byName.has(name));
  if (missing.length > 0 || byName.size !== featureNames.length) {
    throw new Error(`the features differ: ${missing.join(', ') || 'more in the model'}`);
  }
  return {k, m, sigma_obs: sigmaObs, delta, beta: featureNames.map((name) => byName.get(name))};
}

if (process.argv[1] === import.meta.filename) {
  const [model, reference] = process.argv.slice(2, 4).map((path) => JSON.parse(readFileSync(path, 'utf8')));
  const names = reference.resolved?.feature_names ?? reference.feature_names;
  console.log(JSON.stringify(posteriorParameters(model, names)));
}
