// fetch-locked.mjs PACKAGE FOLDER: fetches a package's tarball at the version in package-lock.json, and keeps it as
// FOLDER/package.tgz only if its hash is the one there.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const [name, folder] = process.argv.slice(2);
const { version, integrity } = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages[`node_modules/${name}`];
const options = ['--silent', '--ignore-scripts', '--pack-destination', folder];
const tarball = join(folder, execFileSync('npm', ['pack', `${name}@${version}`, ...options],
  { encoding: 'utf8', shell: process.platform === 'win32' }).trim().split('\n').at(-1));

const [algorithm, expected] = integrity.split(/-(.*)/s);
const actual = createHash(algorithm).update(readFileSync(tarball)).digest('base64');
if (actual !== expected) {
  rmSync(tarball);
  console.error(`${name}@${version} is not what package-lock.json names: ${algorithm}-${actual} instead of ${integrity}.`);
  process.exit(1);
}

renameSync(tarball, join(folder, 'package.tgz'));
