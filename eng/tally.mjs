// Adds up the results of all test projects from their .trx files, names what failed and what was left out and why,
// and ends with the one line that says it all. Judges too: no test at all is a failure, and with --require-all so is
// a test left out.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, ...options] = process.argv.slice(2);
const runnerFailed = options[options.indexOf('--code') + 1] !== '0';
const requireAll = options.includes('--require-all');
const filtered = options.includes('--filtered');

const unescape = text => text.replace(/&(lt|gt|quot|apos|amp|#xD|#xA);/g,
  (_, name) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&', '#xD': '', '#xA': '\n' })[name]);
const attribute = (element, name) => unescape(element.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1] ?? '');
const message = body => unescape(body?.match(/<Message>([\s\S]*?)<\/Message>/)?.[1] ?? '').trim();

const hasTests = project => readdirSync(project, { recursive: true }).filter(name => name.endsWith('.cs'))
  .some(name => /\[(Fact|Theory)\b/.test(readFileSync(join(project, name), 'utf8')));

const seen = { passed: [], failed: [], skipped: [] };
const empty = [];
const projects = readdirSync('tests').filter(name => name.endsWith('.Tests'));
for (const project of projects) {
  const file = join(folder, `${project}.trx`);
  const trx = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const results = [...trx.matchAll(/<UnitTestResult\b([^>]*?)(?:\/>|>([\s\S]*?)<\/UnitTestResult>)/g)];
  if (results.length === 0 && hasTests(join('tests', project))) empty.push(project);
  for (const [, element, body] of results) {
    const outcome = attribute(element, 'outcome');
    const leftOut = outcome === 'NotExecuted';
    const kind = outcome === 'Passed' ? 'passed' : leftOut && !requireAll ? 'skipped' : 'failed';
    const why = leftOut && requireAll ? `Left out, but everything is required here: ${message(body)}` : message(body);
    seen[kind].push({ name: attribute(element, 'testName'), why });
  }
}

// Where a test process was ended, the runner left behind which tests it had begun.
const unfinished = readdirSync(folder, { recursive: true }).filter(name => /Sequence_\w+\.xml$/.test(name))
  .flatMap(file => readFileSync(join(folder, file), 'utf8').match(/<Test\b[^>]*Completed="False"[^>]*>/g) ?? [])
  .map(element => attribute(element, 'DisplayName'));
for (const name of new Set(unfinished)) {
  seen.failed.push({ name, why: 'It did not end: its process was ended, or ended by itself.' });
}

const list = (title, tests) => {
  if (tests.length === 0) return;
  console.log(`\n${title}`);
  for (const { name, why } of tests) console.log(`  ${name}\n    ${why.split('\n').slice(0, 12).join('\n    ')}`);
};
list('Failed:', seen.failed);
list('Left out, because:', seen.skipped);
console.log();

const total = seen.passed.length + seen.failed.length + seen.skipped.length;
const verdicts = [
  [total === 0, 'No test ran.'],
  [!filtered && empty.length > 0, `No test ran in ${empty.join(' and ')}.`],
  [runnerFailed && seen.failed.length === 0 && total > 0, 'A test process ended badly (above), though no test failed.'],
].filter(([holds]) => holds).map(([, text]) => text);
for (const text of verdicts) console.log(text);

console.log(`${seen.passed.length} passed, ${seen.failed.length} failed, ${seen.skipped.length} skipped`);
process.exit(seen.failed.length > 0 || verdicts.length > 0 ? 1 : 0);
