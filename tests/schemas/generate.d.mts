/** Every generated file's text, by its path from the top of the repository. */
export function generated(): Map<string, string>;
