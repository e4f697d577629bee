/** File `seed` of the generated ones: its name, its text and the target to ask for. */
export function generate(seed: number): { name: string; text: string; target: string };
