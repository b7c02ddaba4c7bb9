import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printSchema } from 'graphql';
import { bareSchema } from '../../src/api/schema';

const DOCUMENTS = join(__dirname, '../relay');

/** The compiler of Relay, in a folder of its own, on our schema and on documents as its front ends write them. */
function compile(
  schema: string,
  more: Record<string, string> = {},
): { status: number | null; output: string; made: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'portico-relay-'));
  try {
    cpSync(DOCUMENTS, join(folder, 'src'), { recursive: true });
    for (const [name, text] of Object.entries(more)) writeFileSync(join(folder, 'src', name), text);
    writeFileSync(join(folder, 'schema.graphql'), schema);
    const config = { src: './src', schema: './schema.graphql', language: 'javascript', artifactDirectory: './made' };
    writeFileSync(join(folder, 'relay.config.json'), JSON.stringify(config));
    mkdirSync(join(folder, 'made'));
    const { status, stdout, stderr } = spawnSync(require('relay-compiler'), ['relay.config.json'], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { status, output: stdout + stderr, made: readdirSync(join(folder, 'made')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('Relay', () => {
  it('compiles its connections, refetches and mutations against our schema', () => {
    const { status, output, made } = compile(printSchema(bareSchema()));
    expect(output).not.toContain('[ERROR]');
    expect(status).toBe(0);
    expect(made.filter((name) => /(Query|Mutation)\.graphql\.js$/.test(name)).length).toBeGreaterThanOrEqual(10);
  });

  it('would tell if a document did not fit', () => {
    const wrong = { 'Wrong.js': 'graphql`query WrongQuery { projects { edges { node { nope } } } }`;' };
    const { status, output } = compile(printSchema(bareSchema()), wrong);
    expect(status).not.toBe(0);
    expect(output).toContain('nope');
  });
});
