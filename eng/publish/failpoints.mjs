// failpoints.mjs FOLDER: published programs must not hold what lets tests kill them, neither its names nor its switch.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
const sources = ['Coordinator', 'NodeAgent'].flatMap(program => readdirSync(program, { recursive: true })
  .filter(name => name.endsWith('.cs')).map(name => readFileSync(join(program, name), 'utf8')));
const names = [...new Set(sources.flatMap(text => [...text.matchAll(/Failpoint\.(?:Pass|Write)\("([^"]+)"/g)].map(match => match[1])))];
if (names.length === 0) {
  console.error('no failpoint was found in the sources: this check would find none in the programs either');
  process.exit(1);
}

const programs = readdirSync(folder, { recursive: true }).map(name => name.replaceAll('\\', '/'))
  .filter(name => /(^|\/)Vantage\.(Coordinator|NodeAgent)(\.dll|\.exe)?$/.test(name) && statSync(join(folder, name)).isFile());
const found = programs.flatMap(name => {
  const bytes = readFileSync(join(folder, name));
  // As .NET keeps literals. (The name of the compiler's constant stays in an attribute, and does nothing there.)
  return ['VANTAGE_FAILPOINT', ...names].filter(text => bytes.includes(Buffer.from(text, 'utf16le')))
    .map(text => `${name} holds the failpoint text '${text}'`);
});
if (!['Vantage.Coordinator.dll', 'Vantage.NodeAgent.dll'].every(dll => programs.some(name => name.endsWith(`/${dll}`)))) {
  found.push(`${folder} does not hold the two programs that have failpoints`);
}

console.log([`${names.length} failpoints looked for in ${programs.length} files, ${found.length} found`, ...found].join('\n  '));
process.exit(found.length > 0 ? 1 : 0);
