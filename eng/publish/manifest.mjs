// manifest.mjs write|verify FOLDER: every file of a published folder with its SHA-256, as `sha256sum -c` reads it.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [verb, folder] = process.argv.slice(2);
const manifest = join(folder, 'manifest.sha256');
const hash = file => createHash('sha256').update(readFileSync(join(folder, file))).digest('hex');
const files = readdirSync(folder, { recursive: true }).map(name => name.replaceAll('\\', '/'))
  .filter(name => name !== 'manifest.sha256' && statSync(join(folder, name)).isFile()).sort();

if (verb === 'write') {
  writeFileSync(manifest, files.map(name => `${hash(name)}  ${name}\n`).join(''));
} else {
  if (!existsSync(manifest)) {
    console.error(`${folder} holds nothing published: ./build publish makes it.`);
    process.exit(1);
  }

  const listed = new Map(readFileSync(manifest, 'utf8').trim().split('\n').map(line => [line.slice(66), line.slice(0, 64)]));
  const wrong = [
    ...files.filter(name => !listed.has(name)).map(name => `not listed: ${name}`),
    ...[...listed.keys()].filter(name => !files.includes(name)).map(name => `missing: ${name}`),
    ...files.filter(name => listed.has(name) && listed.get(name) !== hash(name)).map(name => `changed: ${name}`),
  ];
  console.log([`${listed.size} files listed, ${wrong.length} wrong`, ...wrong].join('\n  '));
  process.exit(wrong.length > 0 ? 1 : 0);
}
