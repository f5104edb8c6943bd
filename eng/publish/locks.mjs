// Holds the packages of a published program against what is committed: every library must be in a packages.lock.json
// with the same hash, every part of .NET itself in runtime-packs.json (lock files do not list those).
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const work = process.argv[2];
const json = file => JSON.parse(readFileSync(file, 'utf8'));
const packagesOf = lock => Object.values(lock.dependencies).flatMap(Object.entries)
  .filter(([, entry]) => entry.contentHash)
  .map(([name, entry]) => `${name}/${entry.resolved} ${entry.contentHash}`);

const projects = ['Coordinator', 'NodeAgent', ...readdirSync('Algorithms.Sdk').map(name => join('Algorithms.Sdk', name))];
const committed = new Set(projects.map(folder => join(folder, 'packages.lock.json')).filter(existsSync)
  .flatMap(file => packagesOf(json(file))));
const published = readdirSync(join(work, 'locks')).flatMap(file => packagesOf(json(join(work, 'locks', file))));

const expected = json('eng/publish/runtime-packs.json');
const runtime = readdirSync(join(work, 'obj')).map(project => join(work, 'obj', project, 'project.assets.json'))
  .filter(existsSync)
  .flatMap(file => Object.values(json(file).project.frameworks).flatMap(framework => framework.downloadDependencies ?? []))
  .map(({ name, version }) => [name, version.match(/[\d.]+/)[0]]);

const wrong = published.filter(entry => !committed.has(entry)).map(entry => `not in any packages.lock.json: ${entry}`);
for (const [name, version] of new Map(runtime.map(pack => [pack.join('/'), pack])).values()) {
  const folder = join(process.env.NUGET_PACKAGES, name.toLowerCase(), version);
  const { contentHash } = json(join(folder, '.nupkg.metadata'));
  if (expected[`${name}/${version}`] !== contentHash) {
    wrong.push(`not in eng/publish/runtime-packs.json: "${name}/${version}": "${contentHash}"`);
  }
}

if (wrong.length > 0) {
  console.error(['Packages that nobody has agreed to:', ...new Set(wrong)].join('\n  '));
  console.error('A newer .NET SDK brings newer runtime packs: compare with another machine, then commit the lines above.');
  process.exit(1);
}
